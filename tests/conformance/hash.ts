// A small synchronous hash for abbreviating long values in transcripts; equal in every runtime, not for security.

/** Hashes text by its UTF-16 units, or bytes, to 16 hex digits (two FNV-1a passes with different seeds). */
export function hash(data: string | Uint8Array): string {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let i = 0; i < data.length; i++) {
    const unit = typeof data === "string" ? data.charCodeAt(i) : (data[i] ?? 0);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ (unit + 0x5bd1), 0x01000193);
    b ^= b >>> 15;
  }
  return word(a) + word(b);
}

function word(value: number): string {
  return (value >>> 0).toString(16).padStart(8, "0");
}
