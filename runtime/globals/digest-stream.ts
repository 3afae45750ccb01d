// crypto.DigestStream: a writable whose digest is ready when it is closed.
// https://developers.cloudflare.com/workers/runtime-apis/web-crypto/#constructors

import { platformClass } from "../platform/class.ts";
import { startDigest, type Hasher } from "./hashers.ts";
import { algorithmName } from "./subtle-methods.ts";

const { toBytes, wrongConstruction } = require("./core.ts") as typeof import("./core.ts");

/** Builds the class on top of Bun's WritableStream. */
export function buildDigestStream(Native: typeof WritableStream): unknown {
  class DigestStream extends Native<unknown> {
    readonly #digest: Digest;

    constructor(algorithm?: unknown) {
      const name = algorithmName(algorithm);
      if (name === null) throw wrongConstruction("DigestStream", 1, "string or HashAlgorithm");
      const digest = new Digest(startDigest(name));
      super({
        write: (chunk) => digest.write(chunk),
        close: () => digest.finish(),
        abort: (reason) => digest.fail(reason),
      });
      this.#digest = digest;
    }

    get digest(): Promise<ArrayBuffer> {
      return this.#digest.result;
    }

    get bytesWritten(): bigint {
      return this.#digest.bytesWritten;
    }

    [Symbol.dispose](): void {
      this.#digest.fail(new TypeError("The DigestStream was disposed."));
    }
  }
  Object.defineProperty(DigestStream, "length", { value: 0, configurable: true });
  return platformClass(DigestStream);
}

class Digest {
  readonly result: Promise<ArrayBuffer>;
  bytesWritten = 0n;
  readonly #hasher: Hasher;
  readonly #resolve: (digest: ArrayBuffer) => void;
  readonly #reject: (reason: unknown) => void;

  constructor(hasher: Hasher) {
    this.#hasher = hasher;
    const { promise, resolve, reject } = Promise.withResolvers<ArrayBuffer>();
    this.result = promise;
    this.#resolve = resolve;
    this.#reject = reject;
    // A digest that nobody asked for is not an unhandled rejection.
    promise.catch(() => undefined);
  }

  write(chunk: unknown): void {
    const bytes = typeof chunk === "string" ? new TextEncoder().encode(chunk) : toBytes(chunk);
    if (bytes === null) {
      const error = new TypeError(
        "DigestStream is a byte stream but received an object of non-ArrayBuffer/ArrayBufferView/string type on its writable side.",
      );
      this.fail(error);
      throw error;
    }
    this.bytesWritten += BigInt(bytes.byteLength);
    this.#hasher.update(bytes);
  }

  finish(): void {
    this.#resolve(this.#hasher.digest());
  }

  fail(reason: unknown): void {
    this.#reject(reason);
  }
}
