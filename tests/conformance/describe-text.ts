// Texts and bytes in transcripts: short ones whole, long ones by length, beginning and hash.

import { hash } from "./hash.ts";
import type { Described } from "./transcript.ts";

const longText = 400;
const longBytes = 64;

/** Text as it is (JSON keeps lone surrogates as escapes), or abbreviated beyond `limit` UTF-16 units. */
export function describeText(text: string, limit: number = longText): Described {
  if (text.length <= limit) return text;
  return { $: "text", length: text.length, start: text.slice(0, 60), hash: hash(text) };
}

/** Bytes as hex, or abbreviated. */
export function describeBytes(bytes: Uint8Array): Record<string, Described> {
  if (bytes.length <= longBytes) return { bytes: hex(bytes) };
  return { length: bytes.length, start: hex(bytes.subarray(0, 16)), hash: hash(bytes) };
}

/** The bytes of a body: as text where they are readable UTF-8, else as hex. */
export function describeBody(bytes: Uint8Array): Described {
  const text = readable(bytes);
  return text === null ? { $: "bytes", ...describeBytes(bytes) } : describeText(text);
}

function readable(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufeff]/.test(text) ? null : text;
  } catch {
    return null;
  }
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
