import { describe as group, expect, test } from "bun:test";
import { describe } from "../../conformance/describe.ts";

test("plain data stays as it is", async () => {
  const value = { b: 1, a: [null, true, "text", { c: "" }] };
  expect(JSON.stringify(await describe(value))).toBe(JSON.stringify(value));
});

test("values that JSON lacks are tagged", async () => {
  const value = [undefined, NaN, -0, Infinity, -Infinity, 10n, Symbol("s"), function named() {}];
  expect(await describe(value)).toEqual([
    { $: "undefined" },
    { $: "number", value: "NaN" },
    { $: "number", value: "-0" },
    { $: "number", value: "Infinity" },
    { $: "number", value: "-Infinity" },
    { $: "bigint", value: "10" },
    { $: "symbol", value: "s" },
    { $: "function", name: "named" },
  ]);
});

test("a lone surrogate survives JSON and is not U+FFFD", async () => {
  const text = JSON.stringify(await describe("a\ud800"));
  expect(text).toBe('"a\\ud800"');
  expect(text).not.toBe(JSON.stringify(await describe("a\ufffd")));
});

test("long texts and bytes are abbreviated, and still told apart", async () => {
  const one = await describe("x".repeat(5000));
  const other = await describe(`${"x".repeat(4999)}y`);
  expect(one).toMatchObject({ $: "text", length: 5000 });
  expect(one).not.toEqual(other);
  const bytes = new Uint8Array(1000);
  expect(await describe(bytes)).toMatchObject({ $: "Uint8Array", length: 1000 });
  expect(await describe(bytes)).not.toEqual(await describe(bytes.map((_, i) => i)));
});

test("keys that look like tags or like the prototype are just keys", async () => {
  const value = JSON.parse('{ "$": "Error", "__proto__": 1 }') as object;
  expect(JSON.stringify(await describe(value))).toBe('{"$$":"Error","__proto__":1}');
});

test("cycles refer to the path, and shared values are described twice", async () => {
  const shared = { x: 1 };
  const value: Record<string, unknown> = { a: { shared }, shared };
  value["self"] = value;
  (value["a"] as Record<string, unknown>)["up"] = value["a"];
  expect(await describe(value)).toEqual({
    a: { shared: { x: 1 }, up: { $: "cycle", to: "a" } },
    shared: { x: 1 },
    self: { $: "cycle", to: "" },
  });
});

test("instances show their class, their tag and their own fields, but no methods or private fields", async () => {
  class Account {
    readonly owner = "ada";
    #secret = 1;
    get [Symbol.toStringTag]() {
      return "Konto";
    }
    secret() {
      return this.#secret;
    }
  }
  expect(await describe(new Account())).toEqual({
    $: "Account",
    tag: "Konto",
    own: { owner: "ada" },
  });
  expect(await describe(Object.create(null))).toEqual({ $: "null-prototype", own: {} });
});

test("a getter that throws is described by its error", async () => {
  const value = Object.defineProperty({}, "bad", {
    enumerable: true,
    get() {
      throw new TypeError("no");
    },
  });
  expect(await describe(value)).toEqual({
    bad: { $: "throws", error: { $: "TypeError", message: "no" } },
  });
});

group("collections and buffers", () => {
  test("maps, sets, dates and expressions keep class and content", async () => {
    const map = new Map<unknown, unknown>([
      ["a", new Set([1])],
      [{ k: 1 }, new Date(0)],
    ]);
    expect(await describe([map, /a/g, new Date(NaN)])).toEqual([
      {
        $: "Map",
        entries: [
          ["a", { $: "Set", values: [1] }],
          [{ k: 1 }, { $: "Date", value: "1970-01-01T00:00:00.000Z" }],
        ],
      },
      { $: "RegExp", value: "/a/g" },
      { $: "Date", value: "invalid" },
    ]);
  });

  test("views show only their window, and detached buffers say so", async () => {
    const buffer = Uint8Array.of(1, 2, 3, 255).buffer;
    expect(await describe([buffer, new Uint8Array(buffer, 1, 2), new DataView(buffer, 3)])).toEqual(
      [
        { $: "ArrayBuffer", bytes: "010203ff" },
        { $: "Uint8Array", bytes: "0203" },
        { $: "DataView", bytes: "ff" },
      ],
    );
    structuredClone(buffer, { transfer: [buffer] });
    expect(await describe(buffer)).toEqual({ $: "ArrayBuffer", detached: true });
  });

  test("holes, further keys and great length of arrays are seen", async () => {
    // eslint-disable-next-line no-sparse-arrays
    expect(await describe([1, , 3])).toEqual([1, { $: "hole" }, 3]);
    expect(await describe(Object.assign([1], { extra: true }))).toEqual({
      $: "Array",
      length: 1,
      items: [1],
      own: { extra: true },
    });
    expect(await describe(new Array(5000).fill(0))).toMatchObject({ $: "Array", length: 5000 });
  });

  test("a huge object is cut off", async () => {
    const wide = Object.fromEntries(Array.from({ length: 9000 }, (_, i) => [`k${i}`, i]));
    expect(await describe(wide)).toMatchObject({ k0: 0, k8999: { $: "cut", why: "size" } });
    let deep: unknown = 1;
    for (let i = 0; i < 50; i++) deep = [deep];
    expect(JSON.stringify(await describe(deep))).toContain('"why":"depth"');
  });
});

group("errors", () => {
  test("show class, differing name, message, own fields and cause, never the stack", async () => {
    const error = Object.assign(new RangeError("far", { cause: new Error("why") }), {
      name: "Odd",
      remote: true,
    });
    expect(await describe(error)).toEqual({
      $: "RangeError",
      name: "Odd",
      message: "far",
      own: { remote: true },
      cause: { $: "Error", message: "why" },
    });
  });

  test("an exception of the DOM shows name and code, an aggregate its errors", async () => {
    expect(await describe(new DOMException("gone", "AbortError"))).toEqual({
      $: "DOMException",
      name: "AbortError",
      message: "gone",
      code: 20,
    });
    expect(await describe(new AggregateError([new Error("a")], "all"))).toEqual({
      $: "AggregateError",
      message: "all",
      errors: [{ $: "Error", message: "a" }],
    });
  });
});

group("web objects", () => {
  test("a response is described from a clone and can still be read", async () => {
    const response = new Response("body", { status: 201, headers: { "x-a": "1" } });
    expect(await describe(response)).toMatchObject({
      $: "Response",
      status: 201,
      headers: { "x-a": "1" },
      body: "body",
    });
    expect(await response.text()).toBe("body");
  });

  test("a used or locked body says so", async () => {
    const used = new Response("x");
    await used.text();
    expect(await describe(used)).toMatchObject({ body: { $: "used" } });
    const stream = new Response("x").body;
    stream?.getReader();
    expect(await describe(stream)).toEqual({ $: "ReadableStream", locked: true });
  });

  test("a stream is read: text as text, other bytes as hex, other chunks as values", async () => {
    const streamOf = (...chunks: unknown[]) =>
      new ReadableStream({
        start(controller) {
          for (const chunk of chunks) controller.enqueue(chunk);
          controller.close();
        },
      });
    const utf8 = new TextEncoder().encode("né");
    expect(await describe(streamOf(utf8.slice(0, 2), utf8.slice(2)))).toMatchObject({ body: "né" });
    expect(await describe(streamOf(Uint8Array.of(255)))).toMatchObject({
      body: { $: "bytes", bytes: "ff" },
    });
    expect(await describe(streamOf("a", 1))).toMatchObject({ chunks: ["a", 1] });
  });

  test("raw leaves a stream alone", async () => {
    const stream = new Response("kept").body;
    expect(await describe(stream, { raw: true })).toEqual({ $: "ReadableStream", raw: true });
    expect(await new Response(stream).text()).toBe("kept");
  });
});
