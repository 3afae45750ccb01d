import { beforeEach, expect, test } from "bun:test";
import { reset } from "bunflare";
import { env, failureOf } from "./support.ts";

beforeEach(() => {
  reset();
  env.VISITS.writeDataPoint({ indexes: ["a"], blobs: ["/home", "PT"], doubles: [12.5] });
  env.VISITS.writeDataPoint({ indexes: ["b"], blobs: ["/about"], doubles: [] });
});

test("toHaveWrittenDataPoint compares the fields that are named, as a whole", () => {
  expect(env.VISITS).toHaveWrittenDataPoint();
  expect(env.VISITS).toHaveWrittenDataPoint({ indexes: ["a"], doubles: [expect.any(Number)] });
  expect(env.VISITS).toHaveWrittenDataPoint({ blobs: expect.arrayContaining(["PT"]) });
  expect(env.VISITS).not.toHaveWrittenDataPoint({ blobs: ["/home"] });
  expect(env.VISITS).not.toHaveWrittenDataPoint({ indexes: ["a"], blobs: ["/about"] });
  reset();
  expect(env.VISITS).not.toHaveWrittenDataPoint();
});

test("toHaveWrittenDataPoint shows the nearest points first", () => {
  const message = failureOf(() => {
    expect(env.VISITS).toHaveWrittenDataPoint({ blobs: ["/abouts"] });
  });
  expect(message).toContain("Nearest of 2:\n");
  expect(message.indexOf('/about"')).toBeLessThan(message.indexOf("/home"));
  reset();
  expect(failureOf(() => expect(env.VISITS).toHaveWrittenDataPoint())).toContain(
    "Expected a data point\nNone was written.",
  );
});

test("what it cannot judge is an error that says what it takes", () => {
  expect(failureOf(() => expect(env.KV).toHaveWrittenDataPoint())).toContain(
    "of the kind analytics-engine",
  );
  const wrong = { blob: ["a"] } as never;
  expect(failureOf(() => expect(env.VISITS).toHaveWrittenDataPoint(wrong))).toContain(
    "an object with indexes, blobs and doubles",
  );
});
