import { expect, test } from "bun:test";
import "./support.ts";
import { failureOf } from "./support.ts";

const response = new Response("<p>", {
  status: 404,
  headers: [
    ["content-type", "text/html"],
    ["set-cookie", "a=1"],
    ["set-cookie", "b=2"],
  ],
});
const request = new Request("https://a.test/", { headers: { accept: "text/html" } });

test("toHaveStatus", () => {
  expect(response).toHaveStatus(404);
  expect(response).not.toHaveStatus(200);
  expect(failureOf(() => expect(response).toHaveStatus(200))).toContain(
    "Expected status: 200\nReceived status: 404 (text/html)",
  );
  expect(failureOf(() => expect(request).toHaveStatus(200))).toContain("takes a Response");
});

test("toHaveHeader takes requests, responses and headers, and names in any case", () => {
  expect(response).toHaveHeader("Content-Type");
  expect(response).toHaveHeader("content-type", "text/html");
  expect(response).toHaveHeader("content-type", expect.stringContaining("html"));
  expect(response).not.toHaveHeader("content-type", "text/plain");
  expect(response).not.toHaveHeader("location");
  expect(request).toHaveHeader("accept", "text/html");
  expect(request.headers).toHaveHeader("accept");
});

test("toHaveHeader takes any one of the cookies that are set", () => {
  expect(response).toHaveHeader("set-cookie", "b=2");
  expect(response).not.toHaveHeader("set-cookie", "c=3");
  expect(failureOf(() => expect(response).toHaveHeader("set-cookie", "c=3"))).toContain(
    'Expected header set-cookie: "c=3"\nReceived: "a=1" and "b=2"',
  );
});

test("toHaveHeader shows what is there", () => {
  expect(failureOf(() => expect(response).toHaveHeader("content-typ", "text/html"))).toContain(
    "There are content-type, set-cookie; nearest: content-type: text/html.",
  );
  expect(failureOf(() => expect(new Response()).toHaveHeader("etag"))).toContain(
    "There are no headers.",
  );
  expect(failureOf(() => expect(response).not.toHaveHeader("content-type"))).toContain(
    'Expected no header content-type\nReceived: "text/html"',
  );
});

test("what they cannot judge is an error that says what they take", () => {
  expect(failureOf(() => expect(Promise.resolve(response)).toHaveHeader("a"))).toContain(
    "was the promise of fetch() awaited?",
  );
  expect(failureOf(() => expect(response).toHaveHeader(5 as never))).toContain("name of a header");
});
