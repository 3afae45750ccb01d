// Reads the primitive parts of a payload. Damaged input throws what workerd throws for it.

import { header, Tag, version } from "./tags.ts";

// Up to this size the whole payload is made one string, which strings are cut from; beyond, a string would hold too much.
const smallPayload = 16_384;
// Keys come again and again: those seen are kept by a hash of their bytes.
const keySlots = 64;
const fewKeys = 256;
const longestKey = 24;
const { latin1Slice, ucs2Slice } = Buffer.prototype;

/** A cursor over the bytes of one payload. */
export class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;
  #view: DataView | null = null;
  #text: string | null = null;
  #keys: { at: number; text: string }[] | null = null;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    if (this.byte() !== header || this.byte() > version) throw damaged();
  }

  byte(): number {
    const value = this.#bytes[this.#at++];
    if (value === undefined) throw damaged();
    return value;
  }

  /** The next tag; padding in front of it is skipped. */
  tag(): number {
    let tag = this.byte();
    while (tag === Tag.padding) tag = this.byte();
    return tag;
  }

  /** Whether `tag` comes next; takes it if so. */
  take(tag: number): boolean {
    if (this.#bytes[this.#at] !== tag) return false;
    this.#at++;
    return true;
  }

  varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  }

  zigzag(): number {
    const value = this.varint();
    return (value >>> 1) ^ -(value & 1);
  }

  double(): number {
    this.#require(8);
    this.#view ??= new DataView(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.length);
    const value = this.#view.getFloat64(this.#at, true);
    this.#at += 8;
    return value;
  }

  bigint(): bigint {
    const bits = this.varint();
    const digits = this.raw(bits >>> 1);
    let value = 0n;
    for (const digit of digits.toReversed()) value = (value << 8n) | BigInt(digit);
    return bits & 1 ? -value : value;
  }

  latin1(): string {
    const length = this.varint();
    this.#require(length);
    const from = this.#at;
    this.#at += length;
    const to = from + length;
    if (this.#bytes.length > smallPayload) return latin1Slice.call(this.#bytes, from, to);
    const text = (this.#text ??= latin1Slice.call(this.#bytes, 0, this.#bytes.length));
    return text.substring(from, to);
  }

  /** A Latin-1 string that is a property's name. */
  key(): string {
    const length = this.#bytes[this.#at] ?? 0;
    const bytes = this.#bytes;
    if (bytes.length < fewKeys || length > longestKey) return this.latin1();
    const from = this.#at + 1;
    let hash = length;
    for (let i = from; i < from + length; i++) hash = (hash * 31 + (bytes[i] ?? 0)) | 0;
    const slot = hash & (keySlots - 1);
    const seen = (this.#keys ??= [])[slot];
    if (seen !== undefined && seen.text.length === length && this.#same(seen.at, from, length)) {
      this.#at = from + length;
      return seen.text;
    }
    const text = this.latin1();
    this.#keys[slot] = { at: from, text };
    return text;
  }

  #same(a: number, b: number, length: number): boolean {
    const bytes = this.#bytes;
    for (let i = 0; i < length; i++) if (bytes[a + i] !== bytes[b + i]) return false;
    return true;
  }

  utf16(): string {
    const size = this.varint();
    this.#require(size);
    const from = this.#at;
    this.#at += size;
    return ucs2Slice.call(this.#bytes, from, from + size);
  }

  /** A string with its tag. */
  string(): string {
    const tag = this.tag();
    if (tag === Tag.latin1) return this.latin1();
    if (tag === Tag.utf16) return this.utf16();
    throw damaged();
  }

  /** The next `length` bytes, in a buffer of their own. */
  raw(length: number): Uint8Array<ArrayBuffer> {
    this.#require(length);
    const copy = new Uint8Array(length);
    copy.set(this.#bytes.subarray(this.#at, this.#at + length));
    this.#at += length;
    return copy;
  }

  #require(length: number): void {
    if (this.#at + length > this.#bytes.length) throw damaged();
  }
}

/** V8's error for a payload that does not read. */
export function damaged(): Error {
  return new Error("Unable to deserialize cloned data.");
}
