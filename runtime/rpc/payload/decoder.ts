// Rebuilds a value from its payload, without running any code of the worker.

import { readErrorRecord, readNativeError } from "./error-reader.ts";
import { readPlatformObject } from "./platform-reader.ts";
import type { Receiver, Reference } from "./reference.ts";
import { damaged, Reader } from "./reader.ts";
import { HostTag, regexpFlags, Tag, ViewFlag, views } from "./tags.ts";

/** Decodes one payload. */
export class Decoder {
  readonly reader: Reader;
  /** Errors get their own stack back; over RPC they do not. */
  readonly keepStacks: boolean;
  readonly #references: readonly Reference[];
  readonly #receiver: Receiver | null;
  // By number; undefined while the object is still being read and cannot be pointed at.
  readonly #objects: (object | undefined)[] = [];
  #opened = 0;

  constructor(
    bytes: Uint8Array,
    message: { references: readonly Reference[]; receiver: Receiver } | null,
  ) {
    this.reader = new Reader(bytes);
    this.keepStacks = message === null;
    this.#references = message?.references ?? [];
    this.#receiver = message?.receiver ?? null;
  }

  /** How many of the references have found their receiver. */
  get opened(): number {
    return this.#opened;
  }

  value(): unknown {
    const { reader } = this;
    const tag = reader.tag();
    switch (tag) {
      case Tag.latin1:
        return reader.latin1();
      case Tag.utf16:
        return reader.utf16();
      case Tag.int32:
        return reader.zigzag();
      case Tag.double:
        return reader.double();
      case Tag.true:
        return true;
      case Tag.false:
        return false;
      case Tag.null:
        return null;
      case Tag.undefined:
        return undefined;
      case Tag.bigint:
        return reader.bigint();
      default:
        return this.#object(tag);
    }
  }

  /** Numbers an object before its parts are read, so that they can point back at it. */
  begin<T extends object>(object: T): T {
    this.#objects.push(object);
    return object;
  }

  /** Numbers an object that cannot be pointed at before it is complete; `fill` completes it. */
  reserve(): (object: object) => void {
    const id = this.#objects.push(undefined) - 1;
    return (object) => {
      this.#objects[id] = object;
    };
  }

  /** Reads properties up to `end` into `object`. */
  properties(object: object, end: number): void {
    const { reader } = this;
    let count = 0;
    while (!reader.take(end)) {
      const key = reader.take(Tag.latin1) ? reader.key() : this.value();
      const value = this.value();
      if (key === "__proto__") define(object, key, value);
      else (object as Record<string, unknown>)[key as string] = value;
      count++;
    }
    if (reader.varint() !== count) throw damaged();
  }

  #object(tag: number): unknown {
    switch (tag) {
      case Tag.reference:
        return this.#known(this.reader.varint());
      case Tag.object: {
        const object = this.begin({});
        this.properties(object, Tag.endObject);
        return object;
      }
      case Tag.denseArray:
        return this.#denseArray();
      case Tag.sparseArray:
        return this.#sparseArray();
      case Tag.map:
        return this.#map();
      case Tag.set:
        return this.#set();
      case Tag.arrayBuffer:
      case Tag.resizableArrayBuffer:
        return this.#maybeView(this.begin(this.#buffer(tag)));
      case Tag.error:
        return readErrorRecord(this);
      case Tag.host:
        return this.#host(this.reader.varint());
      default:
        return this.begin(this.#leaf(tag));
    }
  }

  #known(id: number): unknown {
    const object = this.#objects[id];
    if (object === undefined) throw damaged();
    return object instanceof ArrayBuffer ? this.#maybeView(object) : object;
  }

  #denseArray(): unknown[] {
    const { reader } = this;
    const length = reader.varint();
    const array = this.begin(new Array<unknown>());
    for (let i = 0; i < length; i++) {
      if (reader.take(Tag.hole)) array.length = i + 1;
      else array[i] = this.value();
    }
    this.properties(array, Tag.endDenseArray);
    reader.varint();
    return array;
  }

  #sparseArray(): unknown[] {
    const { reader } = this;
    const array = this.begin(new Array<unknown>());
    array.length = reader.varint();
    this.properties(array, Tag.endSparseArray);
    reader.varint();
    return array;
  }

  #map(): Map<unknown, unknown> {
    const map = this.begin(new Map<unknown, unknown>());
    while (!this.reader.take(Tag.endMap)) {
      const key = this.value();
      map.set(key, this.value());
    }
    if (this.reader.varint() !== map.size * 2) throw damaged();
    return map;
  }

  #set(): Set<unknown> {
    const set = this.begin(new Set<unknown>());
    while (!this.reader.take(Tag.endSet)) set.add(this.value());
    if (this.reader.varint() !== set.size) throw damaged();
    return set;
  }

  #leaf(tag: number): object {
    const { reader } = this;
    switch (tag) {
      case Tag.date:
        return new Date(reader.double());
      case Tag.trueObject:
        return Object(true);
      case Tag.falseObject:
        return Object(false);
      case Tag.numberObject:
        return Object(reader.double());
      case Tag.bigintObject:
        return Object(reader.bigint());
      case Tag.stringObject:
        return Object(reader.string());
      case Tag.regexp:
        return this.#regexp();
      default:
        throw damaged();
    }
  }

  #regexp(): RegExp {
    const source = this.reader.string();
    const bits = this.reader.varint();
    return new RegExp(source, regexpFlags.filter((_, bit) => bits & (1 << bit)).join(""));
  }

  #buffer(tag: number): ArrayBuffer {
    const { reader } = this;
    const length = reader.varint();
    if (tag === Tag.arrayBuffer) return reader.raw(length).buffer;
    const buffer = new ArrayBuffer(length, { maxByteLength: reader.varint() });
    new Uint8Array(buffer).set(reader.raw(length));
    return buffer;
  }

  // A view follows its buffer.
  #maybeView(buffer: ArrayBuffer): object {
    const { reader } = this;
    if (!reader.take(Tag.view)) return buffer;
    const letter = reader.byte();
    const name = views.find((entry) => entry[0] === letter)?.[1];
    if (name === undefined) throw damaged();
    const offset = reader.varint();
    const bytes = reader.varint();
    const tracking = (reader.varint() & ViewFlag.lengthTracking) !== 0;
    // The names are those of global classes, all of one shape.
    const View = (globalThis as unknown as Record<string, ViewConstructor>)[name];
    if (View === undefined) throw damaged();
    const length = tracking ? undefined : bytes / (View.BYTES_PER_ELEMENT ?? 1);
    return this.begin(new View(buffer, offset, length));
  }

  #host(tag: number): object {
    if (tag === HostTag.nativeError) return readNativeError(this);
    const fill = this.reserve();
    const object = readPlatformObject(this, tag) ?? this.#open(tag);
    fill(object);
    return object;
  }

  #open(tag: number): object {
    const reference = this.#references[this.#opened];
    if (reference?.tag !== tag || this.#receiver === null) throw damaged();
    this.#opened++;
    return reference.open(this.#receiver);
  }
}

type ViewConstructor = {
  new (buffer: ArrayBuffer, offset: number, length: number | undefined): object;
  readonly BYTES_PER_ELEMENT?: number;
};

/** Defines an ordinary own property, without asking the prototypes. */
export function define(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}
