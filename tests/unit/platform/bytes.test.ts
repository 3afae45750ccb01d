import { describe, expect, test } from "bun:test";
import {
  bytesOf,
  decode,
  encode,
  isBytes,
  isLonger,
  throughUtf8,
} from "../../../runtime/platform/bytes.ts";

describe("encode", () => {
  test("gives UTF-8, and three bytes for a lone surrogate", () => {
    expect(encode("é😀")).toEqual(Uint8Array.fromHex("c3a9f09f9880"));
    expect(encode("a\ud800b\udfff")).toEqual(Uint8Array.fromHex("61eda08062edbfbf"));
  });

  test("gives bytes in a buffer of their own", () => {
    for (const text of ["short", "a\ud800"]) {
      const bytes = encode(text);
      expect(bytes.buffer.byteLength).toBe(bytes.byteLength);
    }
  });
});

test("decode keeps a byte order mark, and replaces what is no UTF-8", () => {
  expect(decode(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe("\ufeffa");
  expect(decode(Uint8Array.of(0x61, 0xff))).toBe("a\ufffd");
});

test("a lone surrogate comes back as three replacement characters", () => {
  expect(throughUtf8("a\ud800b")).toBe("a\ufffd\ufffd\ufffdb");
  expect(throughUtf8("é😀")).toBe("é😀");
});

test("isLonger counts bytes, not characters", () => {
  expect(isLonger("é".repeat(256), 512)).toBe(false);
  expect(isLonger("é".repeat(257), 512)).toBe(true);
  expect(isLonger("x".repeat(512), 512)).toBe(false);
});

test("bytesOf takes just the window of a view, and nothing of a detached buffer", () => {
  const bytes = Uint8Array.of(0, 1, 2, 3);
  expect(bytesOf(new DataView(bytes.buffer, 1, 2))).toEqual(Uint8Array.of(1, 2));
  expect(bytesOf(bytes.buffer)).toEqual(bytes);
  const view = bytes.subarray(1);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  expect(bytesOf(view)).toEqual(new Uint8Array(0));
});

test("isBytes tells buffers and views from everything else", () => {
  const yes = [
    new ArrayBuffer(1),
    new SharedArrayBuffer(1),
    new Uint8Array(1),
    new DataView(new ArrayBuffer(1)),
  ];
  const no = ["a", null, [1], new Blob(["a"])];
  expect(yes.map(isBytes)).toEqual([true, true, true, true]);
  expect(no.map(isBytes)).toEqual([false, false, false, false]);
});
