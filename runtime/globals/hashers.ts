// The digest algorithms of workerd's Web Crypto, incrementally.
// https://developers.cloudflare.com/workers/runtime-apis/web-crypto/#supported-algorithms

/** A digest under way. */
export interface Hasher {
  update(bytes: Uint8Array): void;
  digest(): ArrayBuffer;
}

type Checksum = { bits: 32 | 64; polynomial: bigint };

// Reflected polynomials; all three start from, and are finished with, all ones.
const checksums: Record<string, Checksum> = {
  crc32: { bits: 32, polynomial: 0xedb88320n },
  crc32c: { bits: 32, polynomial: 0x82f63b78n },
  crc64nvme: { bits: 64, polynomial: 0x9a6c9329ac4bc9b5n },
};

const hashes: Record<string, Bun.SupportedCryptoAlgorithms> = {
  md5: "md5",
  "sha-1": "sha1",
  "sha-256": "sha256",
  "sha-384": "sha384",
  "sha-512": "sha512",
};

/** Bun's name of a digest algorithm (any case); undefined when workerd has none of that name. */
export function hasherName(name: string): string | undefined {
  const lower = name.toLowerCase();
  return hashes[lower] ?? (lower in checksums ? lower : undefined);
}

/** Starts a digest; throws workerd's error for an unknown name. */
export function startDigest(name: string): Hasher {
  const lower = name.toLowerCase();
  const checksum = checksums[lower];
  if (checksum !== undefined) return new ChecksumHasher(checksum);
  const hash = hashes[lower];
  if (hash === undefined) throw unknownDigest();
  const hasher = new Bun.CryptoHasher(hash);
  return {
    update: (bytes) => void hasher.update(bytes as never),
    digest: () => Uint8Array.from(hasher.digest()).buffer,
  };
}

/** The error for an algorithm that workerd does not have. */
export function unknownDigest(): DOMException {
  const message = "Unrecognized or unimplemented digest algorithm requested.";
  return new DOMException(message, "NotSupportedError");
}

class ChecksumHasher implements Hasher {
  readonly #table: readonly bigint[];
  readonly #bits: 32 | 64;
  #value: bigint;

  constructor({ bits, polynomial }: Checksum) {
    this.#bits = bits;
    this.#value = BigInt.asUintN(bits, -1n);
    this.#table = Array.from({ length: 256 }, (_, byte) => {
      let value = BigInt(byte);
      for (let i = 0; i < 8; i++) value = value & 1n ? (value >> 1n) ^ polynomial : value >> 1n;
      return value;
    });
  }

  update(bytes: Uint8Array): void {
    for (const byte of bytes) {
      const index = Number((this.#value ^ BigInt(byte)) & 0xffn);
      this.#value = (this.#table[index] ?? 0n) ^ (this.#value >> 8n);
    }
  }

  digest(): ArrayBuffer {
    const view = new DataView(new ArrayBuffer(this.#bits / 8));
    const value = BigInt.asUintN(this.#bits, ~this.#value);
    if (this.#bits === 64) view.setBigUint64(0, value);
    else view.setUint32(0, Number(value));
    return view.buffer;
  }
}
