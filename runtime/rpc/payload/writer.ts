// Writes the primitive parts of a payload into a buffer that grows.

import { header, Tag, version } from "./tags.ts";

// Up to here a loop over characters or bytes beats a native copy.
const short = 64;
const twoByte = /[^\0-\xff]/;
// Buffer's methods work on any bytes, and making a Buffer costs more than a small payload.
// Where a double is taken apart; nothing stays in it between two calls.
const scratch = new DataView(new ArrayBuffer(8));
const { latin1Write, ucs2Write } = Buffer.prototype;

/** A growing buffer with V8's number and string encodings. */
export class Writer {
  #bytes = new Uint8Array(128);
  #length = 0;

  constructor() {
    this.#bytes[0] = header;
    this.#bytes[1] = version;
    this.#length = 2;
  }

  /** The bytes written so far, in a buffer of their own. */
  finish(): Uint8Array {
    const length = this.#length;
    if (length > short) return this.#bytes.slice(0, length);
    const bytes = new Uint8Array(length);
    for (let i = 0; i < length; i++) bytes[i] = this.#bytes[i] ?? 0;
    return bytes;
  }

  get length(): number {
    return this.#length;
  }

  byte(value: number): void {
    if (this.#length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.#length++] = value;
  }

  /** A base-128 number, 0 ≤ value < 2 ** 53. */
  varint(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.byte(rest);
  }

  /** A signed 31-bit integer, zigzag encoded. */
  zigzag(value: number): void {
    this.varint(((value << 1) ^ (value >> 31)) >>> 0);
  }

  number(value: number): void {
    // V8 writes its small integers (31 bits in workerd) so, and everything else as a double.
    if (
      (value | 0) === value &&
      value >= -0x40000000 &&
      value <= 0x3fffffff &&
      !Object.is(value, -0)
    ) {
      this.byte(Tag.int32);
      this.zigzag(value);
    } else {
      this.byte(Tag.double);
      this.double(value);
    }
  }

  double(value: number): void {
    if (this.#length + 8 > this.#bytes.length) this.#grow(8);
    scratch.setFloat64(0, value, true);
    for (let i = 0; i < 8; i++) this.#bytes[this.#length++] = scratch.getUint8(i);
  }

  bigint(value: bigint): void {
    const negative = value < 0n;
    let rest = negative ? -value : value;
    const digits: number[] = [];
    for (; rest > 0n; rest >>= 8n) digits.push(Number(rest & 0xffn));
    // The magnitude comes in whole 64-bit digits.
    while (digits.length % 8 !== 0) digits.push(0);
    this.varint(digits.length * 2 + (negative ? 1 : 0));
    for (const digit of digits) this.byte(digit);
  }

  /** A string with its tag: one byte a character where all fit, two otherwise. */
  string(value: string): void {
    const length = value.length;
    if (length > short) return this.#longString(value);
    if (this.#length + length + 2 > this.#bytes.length) this.#grow(length + 2);
    const bytes = this.#bytes;
    let at = this.#length;
    bytes[at++] = Tag.latin1;
    bytes[at++] = length;
    for (let i = 0; i < length; i++) {
      const unit = value.charCodeAt(i);
      if (unit > 0xff) return this.#wide(value);
      bytes[at++] = unit;
    }
    this.#length = at;
  }

  /** Raw bytes, without a length. */
  raw(value: Uint8Array): void {
    if (this.#length + value.length > this.#bytes.length) this.#grow(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  #longString(value: string): void {
    // As many UTF-8 bytes as characters means ASCII, which is quick to find out.
    if (Buffer.byteLength(value) !== value.length && twoByte.test(value)) return this.#wide(value);
    this.byte(Tag.latin1);
    this.varint(value.length);
    if (this.#length + value.length > this.#bytes.length) this.#grow(value.length);
    latin1Write.call(this.#bytes, value, this.#length);
    this.#length += value.length;
  }

  #wide(value: string): void {
    const size = value.length * 2;
    // V8 aligns the characters to an even offset.
    if ((this.#length + 1 + varintLength(size)) % 2 === 1) this.byte(Tag.padding);
    this.byte(Tag.utf16);
    this.varint(size);
    if (this.#length + size > this.#bytes.length) this.#grow(size);
    ucs2Write.call(this.#bytes, value, this.#length);
    this.#length += size;
  }

  #grow(by: number): void {
    const bytes = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + by + 64));
    bytes.set(this.#bytes);
    this.#bytes = bytes;
  }
}

function varintLength(value: number): number {
  let length = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) length++;
  return length;
}
