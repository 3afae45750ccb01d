// The only source of ids and randomness of a world: seeded, so that a run can be repeated.

/** A seeded generator (xoshiro128**); the same seed gives the same ids in the same order. */
export interface Random {
  /** The next number, 0 ≤ n < 1. */
  number(): number;
  /** `count` random bytes. */
  bytes(count: number): Uint8Array;
  /** `count` random bytes as lower-case hex. */
  hex(count: number): string;
  /** A version 4 UUID. */
  uuid(): string;
}

/** Makes a generator from any text, such as "1:tests/a.test.ts". */
export function createRandom(seed: string): Random {
  return new Xoshiro(seed);
}

class Xoshiro implements Random {
  readonly #seed: string;
  /** Made at first use: many worlds need no random number. */
  #state: (Uint32Array & [number, number, number, number]) | null = null;

  constructor(seed: string) {
    this.#seed = seed;
  }

  #next(): number {
    const s = (this.#state ??= stateOf(this.#seed));
    const result = Math.imul(rotate(Math.imul(s[1], 5), 7), 9) >>> 0;
    const shifted = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate(s[3], 11);
    return result;
  }

  number(): number {
    return this.#next() / 2 ** 32;
  }

  bytes(count: number): Uint8Array {
    const bytes = new Uint8Array(count);
    for (let i = 0; i < count; i++) bytes[i] = this.#next() >>> 24;
    return bytes;
  }

  hex(count: number): string {
    return this.bytes(count).toHex();
  }

  uuid(): string {
    const bytes = this.bytes(16);
    bytes[6] = (bytes[6]! & 0x0f) | 0x40;
    bytes[8] = (bytes[8]! & 0x3f) | 0x80;
    const hex = bytes.toHex();
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      hex.slice(12, 16),
      hex.slice(16, 20),
      hex.slice(20),
    ].join("-");
  }
}

/** Four independent hashes of the seed; Bun's wyhash spreads even seeds that differ in one letter. */
function stateOf(seed: string): Uint32Array & [number, number, number, number] {
  const state = new Uint32Array(4);
  for (let n = 0; n < 4; n++) {
    state[n] = Number(Bun.hash.wyhash(seed, BigInt(n + 1)) & 0xffffffffn) | 1;
  }
  return state as Uint32Array & [number, number, number, number];
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}
