import { expect, test } from "bun:test";
import { tunnelled } from "../../../runtime/platform/errors.ts";

test("errors of the language and of the platform pass as they are", () => {
  const errors = [new Error("a"), new RangeError("b"), new DOMException("c", "AbortError")];
  for (const error of errors) expect(tunnelled(error)).toBe(error);
});

test("a primitive becomes an Error", () => {
  expect(tunnelled("text")).toEqual(new Error("text"));
  expect(tunnelled(undefined)).toEqual(new Error("undefined"));
});

test("an error of an own class becomes the class that it extends, with its name and fields", () => {
  class Own extends TypeError {
    override name = "Own";
    code = 7;
  }
  const own = new Own("own");
  const passed = tunnelled(own) as TypeError & { code: number };
  expect(Object.getPrototypeOf(passed)).toBe(TypeError.prototype);
  expect([passed.name, passed.message, passed.code]).toEqual(["Own", "own", 7]);
  expect(passed.stack).toBe(own.stack);
});
