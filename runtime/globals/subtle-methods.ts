// What workerd adds to Web Crypto: `timingSafeEqual`, MD5, `crypto.DigestStream`; and that nothing else happens to a
// Durable Object while it waits for cryptography, which is done at once there and in a thread of its own here.
// https://developers.cloudflare.com/workers/runtime-apis/web-crypto/

import { illegalInvocation, wrongParameter } from "../platform/arguments.ts";
import { withinTurn } from "../events/through-gate.ts";
import { hasherName, unknownDigest } from "./hashers.ts";

const { toBytes } = require("./core.ts") as typeof import("./core.ts");

const THREADED = [
  ...(["encrypt", "decrypt", "sign", "verify", "generateKey", "deriveKey", "deriveBits"] as const),
  ...(["importKey", "exportKey", "wrapKey", "unwrapKey"] as const),
];

/** The methods that `crypto.subtle` gets. */
export function subtleMethods(native: SubtleCrypto): Record<string, unknown> {
  const digest = native.digest;
  const refuse = (method: string, index: number, type: string): TypeError =>
    wrongParameter("SubtleCrypto", method, index, type);

  return {
    timingSafeEqual(this: unknown, a?: unknown, b?: unknown): boolean {
      if (this !== native) throw illegalInvocation();
      const first = toBytes(a);
      if (first === null) throw refuse("timingSafeEqual", 1, "BufferSource");
      const second = toBytes(b);
      if (second === null) throw refuse("timingSafeEqual", 2, "BufferSource");
      if (first.byteLength !== second.byteLength) {
        throw new TypeError("Input buffers must have the same byte length.");
      }
      let difference = 0;
      for (let i = 0; i < first.byteLength; i++) difference |= (first[i] ?? 0) ^ (second[i] ?? 0);
      return difference === 0;
    },
    digest(this: unknown, ...args: unknown[]): Promise<ArrayBuffer> {
      if (this !== native) throw illegalInvocation();
      return withinTurn(hash(...args));
    },
    ...Object.fromEntries(THREADED.map((name) => [name, within(native, name)])),
  };

  async function hash(algorithm?: unknown, data?: unknown): Promise<ArrayBuffer> {
    const name = algorithmName(algorithm);
    if (name === null) throw refuse("digest", 1, "string or HashAlgorithm");
    const bytes = toBytes(data);
    if (bytes === null) throw refuse("digest", 2, "BufferSource");
    const hasher = hasherName(name);
    if (hasher === undefined || hasher.startsWith("crc")) throw unknownDigest();
    if (hasher === "md5") return copyOf(Bun.CryptoHasher.hash("md5", bytes as never));
    return await digest.call(native, name, bytes as never);
  }
}

function within(native: SubtleCrypto, name: (typeof THREADED)[number]): object {
  const method = native[name] as (...args: unknown[]) => Promise<unknown>;
  const held = function (this: unknown, ...args: unknown[]): Promise<unknown> {
    return withinTurn(Reflect.apply(method, this, args));
  };
  Object.defineProperties(held, {
    name: { value: name, configurable: true },
    length: { value: method.length, configurable: true },
  });
  return held;
}

function copyOf(hash: unknown): ArrayBuffer {
  return Uint8Array.from(hash as Uint8Array).buffer;
}

/** The name in a digest algorithm; null when it is none. */
export function algorithmName(algorithm: unknown): string | null {
  if (typeof algorithm === "string") return algorithm;
  const name = (algorithm as { name?: unknown } | null | undefined)?.name;
  return typeof name === "string" ? name : null;
}
