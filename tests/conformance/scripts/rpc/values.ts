// What crosses RPC by value, as an argument and back as a result.

import { WorkerEntrypoint } from "cloudflare:workers";
import { script } from "../../script.ts";

export class Echo extends WorkerEntrypoint {
  echo(value: unknown): unknown {
    return value;
  }
  /** What an argument looks like at the callee's side. */
  look(value: unknown): unknown {
    if (ArrayBuffer.isView(value)) {
      return [value.constructor.name, value.byteOffset, value.byteLength, value.buffer.byteLength];
    }
    if (value instanceof RegExp) return [String(value), value.lastIndex];
    const { constructor } = Object(value) as object;
    return [typeof value, constructor.name, Object.isFrozen(value)];
  }
  same(list: unknown[]): unknown {
    return [list[0] === list[1], list[0] === list];
  }
}

class List extends Array<number> {}
class Dictionary extends Map<string, number> {
  extra = 1;
}

function lists(): [string, unknown][] {
  const cyclic: Record<string, unknown> = { name: "loop" };
  cyclic["self"] = { up: cyclic };
  const extra = Object.assign([1, 2], { total: 3, "-1": 4 });
  // eslint-disable-next-line no-sparse-arrays
  const holes = [1, , 3];
  return [
    ["holes", holes],
    ["only holes", new Array(3)],
    ["properties of a list", extra],
    ["holes and properties", Object.assign([, 2], { "tag!": 1 })],
    ["a match", "key=value".match(/(?<name>k\w+)=/)],
    ["a subclass of Array", List.from([1, 2])],
    ["a cycle", cyclic],
    ["a subclass of Map", new Dictionary([["a", 1]])],
    ["a Map in a Set", new Set([new Map([[{ key: 1 }, new Set()]])])],
    ["number keys", { b: 1, 2: 1, a: 1, 1: 1, "01": 1, "-1": 1 }],
    ["an own __proto__", JSON.parse('{"__proto__": {"polluted": true}}')],
    ["undefined members", { here: undefined, list: [undefined, null] }],
  ];
}

function objects(): [string, unknown][] {
  return [
    [
      "a getter",
      {
        get answer() {
          return 42;
        },
        plain: 0,
      },
    ],
    ["a hidden property", Object.defineProperty({ shown: 1 }, "hidden", { value: 2 })],
    ["a symbol key", { [Symbol("key")]: 1, text: "kept" }],
    ["a getter that deletes", deleting()],
    ["a tagged object", { [Symbol.toStringTag]: "Custom", tagged: true }],
    ["Math", Math],
  ];
}

function deleting(): object {
  const object: { first?: number; second?: number; third?: number } = {
    get first() {
      delete object.second;
      object.third = 3;
      return 1;
    },
    second: 2,
  };
  return object;
}

export default script<{ SELF: Echo }>({
  id: "rpc-values",
  compatibilityDate: "2026-11-01",
  config: { services: [{ binding: "SELF", service: "conformance", entrypoint: "Echo" }] },
  async run({ env: { SELF }, call }) {
    const bytes = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    const values: [string, unknown][] = [
      ["undefined", undefined],
      ["-0", -0],
      ["NaN", Number.NaN],
      ["a bigint", -(2n ** 70n)],
      ["a small bigint", 5n],
      ["a lone surrogate", "\ud800x"],
      ["a NUL", "a\0b"],
      ["Latin-1", "äöü"],
      ["wide text", "中😀"],
      ["a Date", new Date(1e12)],
      ["an invalid Date", new Date(Number.NaN)],
      ["a RegExp", /a\/b/giu],
      ["an empty RegExp", new RegExp("")],
      ["a boxed string", Object.assign(new String("ab"), { extra: 1 })],
      ["a boxed number", new Number(-0)],
      ["a boxed boolean", new Boolean(false)],
      ["a boxed bigint", Object(5n)],
      ["an ArrayBuffer", bytes.buffer],
      ["a window of bytes", bytes.subarray(2, 4)],
      ["a Float32Array", Float32Array.of(1.5)],
      ["a DataView", new DataView(bytes.buffer, 1, 2)],
      [
        "a Headers",
        new Headers([
          ["a", "1"],
          ["set-cookie", "x=1"],
          ["set-cookie", "y=2"],
        ]),
      ],
      ["a Blob", new Blob(["text"], { type: "text/x" })],
      ...lists(),
      ...objects(),
    ];
    for (const [what, value] of values)
      await call(`SELF.echo of ${what}`, SELF, [value, { [what]: 1 }]);
    await call("SELF.echo of a result without arguments", SELF, []);

    const at = Object.assign(/x/g, { lastIndex: 3, extra: 1 });
    await call("SELF.look at a window", SELF, [bytes.subarray(2, 5)]);
    await call("SELF.look at a DataView", SELF, [new DataView(bytes.buffer, 3)]);
    await call("SELF.look at a Uint16Array", SELF, [new Uint16Array(bytes.buffer, 2, 1)]);
    await call("SELF.look at a resizable buffer's view", SELF, [
      new Uint8Array(new ArrayBuffer(4, { maxByteLength: 8 }), 1, 2),
      { resizable: 1 },
    ]);
    await call("SELF.look at a RegExp", SELF, [at]);
    await call("SELF.look at a frozen object", SELF, [Object.freeze({ frozen: true })]);
    await call("SELF.look at a subclass", SELF, [List.from([1])]);
    const shared = { shared: true };
    await call("SELF.same object twice", SELF, [[shared, shared]]);
    const own: unknown[] = [];
    own.push(own, 1);
    await call("SELF.same list in itself", SELF, [own]);
  },
});
