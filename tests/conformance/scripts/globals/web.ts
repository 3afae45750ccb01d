// Web globals whose values and errors Workers rely on: digests, text decoding, structured clones.

import { script } from "../../script.ts";

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

export default script({
  id: "globals-web",
  compatibilityDate: "2026-11-01",
  async run({ call, chain }) {
    const data = new TextEncoder().encode("abc");
    await call("subtle.digest", crypto.subtle, ["SHA-256", data]);
    await call("subtle.digest", crypto.subtle, ["MD5", data]);
    await call("subtle.digest of an unknown name", crypto.subtle, ["sha-257", data]);
    await call("subtle.digest of text", crypto.subtle, ["SHA-1", "abc"]);
    await chain("TextDecoder", TextDecoder, ["new", "utf-8"], ["decode", bytes(0xff, 0x41)]);
    await chain(
      "TextDecoder",
      TextDecoder,
      ["new", "utf-8", { fatal: true }],
      ["decode", bytes(0xff)],
    );
    await chain("TextDecoder", TextDecoder, ["new", "latin1"], ["encoding"]);
    await call("new TextDecoder", TextDecoder, ["no-such-encoding"]);
    await call("structuredClone", globalThis, [
      new Map<unknown, unknown>([
        ["a", new Date(0)],
        [1, new Set([undefined, 2n])],
      ]),
    ]);
    await call("structuredClone", globalThis, [() => 1]);
    await call("structuredClone", globalThis, [new RangeError("kept", { cause: "why" })]);
    await call("new Response", Response, ["text", { status: 201, headers: { "X-A": "b" } }]);
    await call("new Response", Response, [null, { status: 99 }]);
    await call("Response.json", Response, [{ a: [1] }]);
  },
});
