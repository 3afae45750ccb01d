import { expect, test } from "bun:test";
import { shapeOf } from "../../conformance/shape.ts";

const shape = (...args: unknown[]): string => shapeOf(args, () => undefined);

test("other data of the same kind has the same shape", () => {
  expect(shape("key", "value")).toBe(shape("name", "other"));
  expect(shape(5)).toBe(shape(7));
  expect(shape(["a", "b"])).toBe(shape(["c", "d"]));
  expect(shape(Uint8Array.of(1))).toBe(shape(Uint8Array.of(2, 3)));
  expect(shape("0123456789abcdef01")).toBe(shape("fedcba98765432100f"));
});

test("texts that a platform could tell apart differ in shape", () => {
  const pairs: [string, string][] = [
    ["", " "],
    [".", ".."],
    ["a", "a/b"],
    ["a", "A"],
    ["a", "é"],
    ["é", "中"],
    ["中", "😀"],
    ["a", "a\0"],
    ["a", "a\ud800"],
    ["a".repeat(512), "a".repeat(513)],
    ["a".repeat(20), "a".repeat(2000)],
    ["text", "json"],
    ["SELECT 1", "SELECT 2"],
  ];
  for (const [one, other] of pairs) expect(shape(one)).not.toBe(shape(other));
});

test("numbers are told apart by class", () => {
  const classes = [0, -0, NaN, Infinity, -Infinity, 1, -1, 0.5, -0.5, 2 ** 31, 2 ** 60, "1", 1n];
  expect(new Set(classes.map((value) => shape(value))).size).toBe(classes.length);
});

test("objects keep their keys and small values of options", () => {
  expect(shape({ limit: 1 })).not.toBe(shape({ limit: 2 }));
  expect(shape({ limit: 1 })).not.toBe(shape({ prefix: 1 }));
  expect(shape({ range: { offset: 0 } })).not.toBe(shape({ range: { offset: 1 } }));
  expect(shape({ a: null })).not.toBe(shape({ a: undefined }));
  expect(shape({ data: { very: { deep: "one" } } })).toBe(
    shape({ data: { very: { deep: "two" } } }),
  );
});

test("long lists are shaped by length and kinds, exact at limits", () => {
  const keys = (count: number) => Array.from({ length: count }, (_, i) => `k${i}`);
  expect(shape(keys(30))).toBe(shape(keys(40)));
  expect(shape(keys(100))).not.toBe(shape(keys(101)));
  expect(shape(...keys(100))).not.toBe(shape(...keys(101)));
});

test("values that a step returned are shaped by that step", () => {
  const statement = new (class D1PreparedStatement {})();
  const known = shapeOf([[statement]], (value) =>
    value === statement ? "<.prepare(a)>" : undefined,
  );
  expect(known).toBe("[<.prepare(a)>]");
  expect(shape([statement])).toBe("[D1PreparedStatement]");
});

test("web objects are shaped by what requests are told apart by", () => {
  expect(shape(new Request("http://a/b"))).not.toBe(
    shape(new Request("http://a/b", { method: "PUT" })),
  );
  expect(shape(new Headers({ range: "bytes=0-1" }))).not.toBe(
    shape(new Headers({ "if-match": "*" })),
  );
  expect(shape(new Blob(["abc"]))).toBe("Blob(1-16 )");
  expect(shape(new ReadableStream())).toBe("ReadableStream");
  expect(shape(new Uint8Array(new ArrayBuffer(8), 2, 2))).toBe("Uint8Array(1-16 window)");
});
