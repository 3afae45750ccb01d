// Ids of Durable Objects: 64 hex digits, of which the second half proves that the first belongs to the namespace. Made as
// workerd makes them, so that a name has the same id in `wrangler dev`.
// https://github.com/cloudflare/workerd/blob/main/src/workerd/server/actor-id-impl.c++

import {
  illegalConstructor,
  illegalInvocation,
  isObject,
  wrongParameter,
} from "../../platform/arguments.ts";
import { encode, throughUtf8 } from "../../platform/bytes.ts";
import { platformClass } from "../../platform/class.ts";
import type { Random } from "../../random.ts";

const HALF_BYTES = 16;

/** What only we may hand to the constructor. */
const made = Symbol("made");

/** See the head of the file. */
export class DurableObjectId {
  readonly jurisdiction: string | undefined;
  readonly name: string | undefined;
  readonly #hex: string;

  constructor(...args: unknown[]) {
    const [key, hex, name] = args;
    if (key !== made || typeof hex !== "string") throw illegalConstructor();
    this.#hex = hex;
    const fields = { jurisdiction: undefined, name };
    for (const [field, value] of Object.entries(fields)) {
      Object.defineProperty(this, field, { value, enumerable: true, configurable: true });
    }
  }

  toString(): string {
    if (!isDurableObjectId(this)) throw illegalInvocation();
    return this.#hex;
  }

  equals(...args: unknown[]): boolean {
    if (!isDurableObjectId(this)) throw illegalInvocation();
    const [other] = args;
    if (!isDurableObjectId(other)) {
      throw wrongParameter("DurableObjectId", "equals", 1, "DurableObjectId");
    }
    return this.#hex === other.#hex;
  }

  static isId(value: unknown): value is DurableObjectId {
    return isObject(value) && #hex in value;
  }
}

// Not a member that worker code sees.
const { isId } = DurableObjectId;
Reflect.deleteProperty(DurableObjectId, "isId");
platformClass(DurableObjectId);

/** Whether it is an id, of any namespace. */
export function isDurableObjectId(value: unknown): value is DurableObjectId {
  return isId(value);
}

/** Makes the ids of one namespace. */
export class IdFactory {
  readonly #key: Uint8Array;

  /** `namespace` is the text that tells namespaces apart. */
  constructor(namespace: string) {
    this.#key = new Bun.CryptoHasher("sha256").update(namespace).digest();
  }

  fromName(name: string): DurableObjectId {
    // The bytes on the C++ side: a lone surrogate is one, though it shows as three U+FFFD.
    return this.#make(this.#digest(encode(name)), throughUtf8(name));
  }

  unique(random: Random): DurableObjectId {
    return this.#make(random.bytes(HALF_BYTES), undefined);
  }

  /** Throws workerd's TypeErrors for what is no id, or one of another namespace. */
  fromString(text: string): DurableObjectId {
    if (!/^[0-9a-f]{64}$/i.test(text)) {
      throw new TypeError("Invalid Durable Object ID: must be 64 hex digits");
    }
    const id = this.#make(Uint8Array.fromHex(text.slice(0, HALF_BYTES * 2)), undefined);
    if (id.toString() !== text.toLowerCase()) {
      throw new TypeError("Durable Object ID is not valid for this namespace.");
    }
    return id;
  }

  /** An id that was made before, from its parts. */
  restore(hex: string, name: string | undefined): DurableObjectId {
    return new DurableObjectId(made, hex, name);
  }

  #make(half: Uint8Array, name: string | undefined): DurableObjectId {
    return new DurableObjectId(made, half.toHex() + this.#digest(half).toHex(), name);
  }

  #digest(data: Uint8Array): Uint8Array {
    return new Bun.CryptoHasher("sha256", this.#key).update(data).digest().subarray(0, HALF_BYTES);
  }
}
