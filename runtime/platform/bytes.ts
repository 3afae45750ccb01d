// Bytes and text as workerd's C++ side sees them: a buffer is copied as it is now, and a string is UTF-8 in which a lone
// surrogate is three bytes of its own (WTF-8) that read back as three U+FFFD.

// Stateless without the option `stream`: these are the same for every world.
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The bytes of an ArrayBuffer, or of just the window of a view; not a copy. A detached one is empty. */
export function bytesOf(data: ArrayBufferLike | ArrayBufferView): Uint8Array {
  if (data.byteLength === 0) return new Uint8Array(0);
  if (data instanceof Uint8Array) return data;
  if (ArrayBuffer.isView(data))
    return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return new Uint8Array(data);
}

/** Whether it is an ArrayBuffer, a SharedArrayBuffer, or a view of one. */
export function isBytes(value: unknown): value is ArrayBufferLike | ArrayBufferView {
  return (
    ArrayBuffer.isView(value) || value instanceof ArrayBuffer || value instanceof SharedArrayBuffer
  );
}

/** The number of bytes that a string has on the C++ side. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text);
}

/** Whether a string has more than `limit` bytes; short ones are not counted. */
export function isLonger(text: string, limit: number): boolean {
  // A UTF-16 unit takes at most three bytes. `Buffer` is not named here: a function that names it has it made at its first
  // call, for longer than all else that a put takes.
  return text.length * 3 > limit && byteLength(text) > limit;
}

/** A string as WTF-8, in a buffer of its own. */
export function encode(text: string): Uint8Array<ArrayBuffer> {
  if (text.isWellFormed()) return encoder.encode(text);
  const parts = Array.from(text, (character) =>
    character.isWellFormed() ? encoder.encode(character) : encodeSurrogate(character),
  );
  return new Uint8Array(Buffer.concat(parts));
}

function encodeSurrogate(surrogate: string): Uint8Array {
  const code = surrogate.charCodeAt(0);
  return Uint8Array.of(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
}

/** UTF-8 as text; a byte order mark stays, and what is no UTF-8 becomes U+FFFD. */
export function decode(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** A string as it comes back from the C++ side. */
export function throughUtf8(text: string): string {
  return text.isWellFormed() ? text : decode(encode(text));
}
