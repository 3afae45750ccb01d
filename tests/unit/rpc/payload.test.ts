// The codec in storage: sizes as V8 has them, refusals in workerd's words, and what is dropped or made plain.

import { describe, expect, test } from "bun:test";
import { RpcTarget } from "../../../runtime/rpc/members.ts";
import { clone, decode, encode } from "../../../runtime/rpc/payload.ts";
import { createLoopback } from "./loopback.ts";

const now = { enhancedErrors: true };
const before = { enhancedErrors: false };

class Custom {
  field = 1;
  get computed(): number {
    return 2;
  }
}

describe("encode", () => {
  // Measured on workerd, by what its message limit reports; the two bytes of the header are added.
  const sizes: [string, unknown, number][] = [
    ["a small integer", 5, 2],
    ["the largest small integer", 2 ** 30 - 1, 6],
    ["the next integer", 2 ** 30, 9],
    ["the smallest small integer", -(2 ** 30), 6],
    ["text", "ab", 4],
    ["wide text", "\u0100", 4],
    ["a Date", new Date(1), 9],
    ["an object", { a: 1 }, 8],
    ["an index as a key", { 1: 1 }, 7],
    ["the largest index as a key", { 4294967294: 1 }, 14],
    ["a list", [1, 2], 9],
    ["a list with a hole", [1, , 2], 13],
    ["a list with a property", Object.assign([1], { x: 1 }), 12],
    ["a Map", new Map([[1, 2]]), 7],
    ["a bigint", 5n, 10],
    ["zero as a bigint", 0n, 2],
    ["a bigint of nine bytes", 2n ** 64n, 18],
    ["a DataView", new DataView(new ArrayBuffer(1)), 8],
    ["a boxed string", Object("a"), 4],
  ];
  test.each(sizes)("writes %s as long as V8 does", (_, value, size) => {
    expect(encode(value, now)).toHaveLength(size + 2);
  });

  test("makes class instances plain objects", () => {
    expect(clone([new Custom()], now)).toEqual([{ field: 1 }]);
    expect(Object.getPrototypeOf(clone(new Custom(), now))).toBe(Object.prototype);
  });

  const refusals: [string, unknown, string][] = [
    ["a function", () => 1, "() => 1 could not be cloned."],
    ["a method", { m() {} }.m, "m() {} could not be cloned."],
    ["a symbol", Symbol("s"), "Symbol(s) could not be cloned."],
    ["a promise", Promise.resolve(), "#<Promise> could not be cloned."],
    ["a WeakMap", new WeakMap(), "#<WeakMap> could not be cloned."],
    ["a boxed symbol", Object(Symbol("s")), "[object Symbol] could not be cloned."],
    ["a generator", (function* () {})(), "[object Generator] could not be cloned."],
    ["an iterator", [].values(), "[object Array Iterator] could not be cloned."],
    ["a Proxy of an object", new Proxy({}, {}), "#<Object> could not be cloned."],
    ["a Proxy of a list", new Proxy([], {}), "[object Object] could not be cloned."],
    ["a Proxy of an instance", new Proxy(new Custom(), {}), "#<Custom> could not be cloned."],
    ["arguments", argumentsOf(1), "#<Object> could not be cloned."],
    ["a stream", new Blob(["x"]).stream(), "ReadableStream can only be serialized for RPC."],
    ["a body", new Response("x"), "ReadableStream can only be serialized for RPC."],
    ["a writable", new WritableStream(), "WritableStream can only be serialized for RPC."],
    ["a signal", new AbortController().signal, "AbortSignal serialization is not enabled."],
    ["a target", new RpcTarget(), "Remote RPC references can only be serialized for RPC."],
    ["a URL", new URL("https://a.test"), unserializable("URL")],
    ["a File", new File([], "a"), unserializable("File")],
    [
      "a subclass of EventTarget",
      new (class Mine extends EventTarget {})(),
      unserializable("Mine"),
    ],
  ];
  test.each(refusals)("refuses %s", (_, value, message) => {
    const error = failure(() => encode({ nested: [value] }, now));
    expect(error).toBeInstanceOf(DOMException);
    expect({ ...pick(error as DOMException) }).toEqual({
      name: "DataCloneError",
      message,
      code: 25,
    });
  });

  test("refuses stubs", () => {
    const { rpc } = createLoopback();
    const stub = new rpc.RpcStub({ a: 1 });
    const property = Reflect.get(stub, "a") as unknown;
    expect(() => encode(stub, now)).toThrow("RpcStub cannot be serialized in this context.");
    expect(() => encode(property, now)).toThrow(unserializable("RpcProperty"));
  });

  test("refuses a detached buffer", () => {
    const buffer = new ArrayBuffer(4);
    buffer.transfer();
    expect(() => encode(buffer, now)).toThrow(
      "An ArrayBuffer is detached and could not be cloned.",
    );
  });

  test("passes on what a getter throws", () => {
    const thrown = new RangeError("mine");
    const value = {
      get bad(): never {
        throw thrown;
      },
    };
    expect(failure(() => encode(value, now))).toBe(thrown);
  });

  test("leaves out a property that an earlier getter deleted", () => {
    const value: { first: number; second?: number } = {
      get first() {
        delete value.second;
        return 1;
      },
      second: 2,
    };
    expect(clone(value, now)).toEqual({ first: 1 });
  });
});

describe("decode", () => {
  test("gives values that share nothing with the original", () => {
    const original = { list: [1], bytes: Uint8Array.of(1, 2), map: new Map([["a", { b: 1 }]]) };
    const copy = clone(original, now) as typeof original;
    original.list.push(2);
    original.bytes[0] = 9;
    original.map.clear();
    expect(copy).toEqual({
      list: [1],
      bytes: Uint8Array.of(1, 2),
      map: new Map([["a", { b: 1 }]]),
    });
  });

  test("keeps a window on its whole buffer, and views of one buffer together", () => {
    const bytes = Uint8Array.of(1, 2, 3, 4);
    const copy = clone([bytes.subarray(1, 3), new Uint16Array(bytes.buffer, 2)], now) as [
      Uint8Array,
      Uint16Array,
    ];
    expect([copy[0].byteOffset, copy[0].length, copy[0].buffer.byteLength]).toEqual([1, 2, 4]);
    expect(copy[1].buffer).toBe(copy[0].buffer);
  });

  test("keeps what a resizable buffer may grow to", () => {
    const copy = clone(new Uint8Array(new ArrayBuffer(2, { maxByteLength: 8 })), now) as Uint8Array;
    (copy.buffer as ArrayBuffer).resize(5);
    expect(copy).toHaveLength(5);
  });

  test("makes an own __proto__ a property like any other", () => {
    const copy = clone(JSON.parse('{"__proto__": {"a": 1}}'), now) as object;
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    expect(Object.keys(copy)).toEqual(["__proto__"]);
  });

  test("reads long and wide strings, and many objects", () => {
    const value = Array.from({ length: 400 }, (_, i) => ({
      id: i,
      text: "x".repeat(i),
      latin: "ü".repeat(i),
      wide: "中".repeat(i % 90),
    }));
    expect(clone(value, now)).toEqual(value);
  });

  test.each([
    ["nothing", []],
    ["another header", [1, 2, 3]],
    ["a newer version", [0xff, 16, 48]],
    ["half of a string", [0xff, 15, 34, 5, 97]],
    ["an unknown tag", [0xff, 15, 1]],
    ["a reference to nowhere", [0xff, 15, 94, 3]],
    ["an object without an end", [0xff, 15, 111, 34, 1, 97]],
    ["a stub", [0xff, 15, 92, 1]],
  ])("refuses %s", (_, bytes) => {
    expect(() => decode(Uint8Array.from(bytes))).toThrow("Unable to deserialize cloned data.");
  });
});

describe("errors", () => {
  class Mine extends TypeError {
    override name = "Mine";
    code = 7;
  }

  test("keep name, own properties, cause and stack since 2026-04-21", () => {
    const original = new Mine("mine", { cause: new RangeError("inner") });
    const copy = clone(original, now) as Mine;
    expect([copy.constructor, copy.name, copy.message, copy.code]).toEqual([
      Error,
      "Mine",
      "mine",
      7,
    ]);
    expect([copy.cause, copy.stack]).toEqual([original.cause, original.stack]);
    expect(Object.keys(copy)).toEqual(["name", "code", "cause"].toSorted(byOrderOf(original)));
  });

  test("keep class, message, cause and stack before", () => {
    const original = new Mine("mine", { cause: new RangeError("inner") });
    const copy = clone(original, before) as Mine;
    expect([copy.constructor, copy.name, copy.message]).toEqual([Error, "Error", "mine"]);
    expect([copy.code as unknown, copy.stack]).toEqual([undefined, original.stack]);
    expect(copy.cause).toBeInstanceOf(RangeError);
    expect(Object.keys(copy)).toEqual([]);
  });

  test("keep the list of an AggregateError only since 2026-04-21", () => {
    const original = new AggregateError([new Error("one"), 2], "several");
    expect(clone(original, now)).toBeInstanceOf(AggregateError);
    expect((clone(original, now) as AggregateError).errors).toEqual(original.errors);
    expect(clone(original, before)).not.toBeInstanceOf(AggregateError);
  });

  test("that are their own cause read back only in the older form", () => {
    const original = new Error("circular");
    original.cause = original;
    const copy = clone(original, before) as Error;
    expect(copy.cause).toBe(copy);
    expect(() => clone(original, now)).toThrow("Unable to deserialize cloned data.");
  });

  test("whose message is no text are refused", () => {
    const odd = Object.assign(new Error(), { message: { a: 1 } });
    const message = "Deserialization failed: error message is not a string";
    expect(() => clone(odd, now)).toThrow(message);
    expect((clone(odd, before) as Error).message).toBe("[object Object]");
  });

  test("do not tell where this engine says they were made", () => {
    const copy = clone(new Error("plain"), now) as Error;
    expect(Object.keys(copy)).toEqual([]);
  });
});

describe("the web platform's objects", () => {
  test("Headers, Blob and DOMException are values", async () => {
    const headers = clone(
      new Headers([
        ["a", "1"],
        ["set-cookie", "x"],
        ["set-cookie", "y"],
      ]),
      now,
    );
    expect([...(headers as Headers)]).toEqual([
      ["a", "1"],
      ["set-cookie", "x"],
      ["set-cookie", "y"],
    ]);
    const blob = clone(new Blob(["té"], { type: "text/x" }), now) as Blob;
    expect([blob.type, blob.size, await blob.text()]).toEqual(["text/x", 3, "té"]);
    const exception = clone(new DOMException("gone", "AbortError"), now) as DOMException;
    expect(pick(exception)).toEqual({ name: "AbortError", message: "gone", code: 20 });
  });

  test("requests and responses without a body are values", () => {
    const request = clone(
      new Request("https://a.test/?q", { method: "PUT", headers: { b: "c" } }),
      now,
    );
    const { method, url, headers } = request as Request;
    expect([method, url, headers.get("b")]).toEqual(["PUT", "https://a.test/?q", "c"]);
    const response = clone(new Response(null, { status: 204, statusText: "No" }), now) as Response;
    expect([response.status, response.statusText, response.body]).toEqual([204, "No", null]);
  });
});

function argumentsOf(..._: unknown[]): IArguments {
  return arguments;
}

function unserializable(type: string): string {
  return `Could not serialize object of type "${type}". This type does not support serialization.`;
}

function pick({ name, message, code }: DOMException): object {
  return { name, message, code };
}

function byOrderOf(error: object): (a: string, b: string) => number {
  const keys = ["name", ...Object.getOwnPropertyNames(error).filter((key) => key !== "name")];
  return (a, b) => keys.indexOf(a) - keys.indexOf(b);
}

function failure(body: () => unknown): unknown {
  try {
    body();
  } catch (error) {
    return error;
  }
  throw new Error("it did not throw");
}
