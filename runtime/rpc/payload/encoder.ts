// Walks a value and writes it. One class for both modes: storage (values only) and RPC (functions, stubs and streams
// travel as references). Getters run here, at the time of the call.

import * as types from "node:util/types";
import { writeError } from "./error-writer.ts";
import { writeBoxed, writeBuffer, writeRegExp, writeView } from "./leaf-writer.ts";
import { refusedNative, writePlatformObject } from "./platform-writer.ts";
import { type Exporter, type Reference, serializationOf } from "./reference.ts";
import { dataCloneError, notCloneable, notSerializable } from "./refusal.ts";
import { Tag } from "./tags.ts";
import { Writer } from "./writer.ts";

const objectPrototype = Object.prototype;
const objectToString = objectPrototype.toString;
const arrayPrototype = Array.prototype;
// Up to here a list of objects is searched faster than a Map is filled.
const fewObjects = 12;
const none: readonly string[] = [];

/** How a value is encoded. */
export interface Encoding {
  /** Errors keep name, own properties and cause (compatibility date 2026-04-21 and later). */
  readonly enhancedErrors: boolean;
  /** The sending side of an RPC message; null in storage, where functions and streams are refused. */
  readonly exporter: Exporter | null;
  /** Class instances become plain objects (storage), instead of being refused (RPC). */
  readonly classInstances: boolean;
}

/** Encodes one value. Not to be used after `value` threw. */
export class Encoder {
  readonly writer = new Writer();
  readonly encoding: Encoding;
  readonly references: Reference[] = [];
  readonly #objects: object[] = [];
  #ids: Map<object, number> | null = null;

  constructor(encoding: Encoding) {
    this.encoding = encoding;
  }

  value(value: unknown): void {
    switch (typeof value) {
      case "string":
        return this.writer.string(value);
      case "number":
        return this.writer.number(value);
      case "boolean":
        return this.writer.byte(value ? Tag.true : Tag.false);
      case "undefined":
        return this.writer.byte(Tag.undefined);
      case "bigint":
        this.writer.byte(Tag.bigint);
        return this.writer.bigint(value);
      case "symbol":
        throw notCloneable(value);
      default:
        // What is left is null, an object or a function.
        if (value === null) return this.writer.byte(Tag.null);
        this.#object(value as object);
    }
  }

  /** Writes a list that was just made: without holes and properties, which need not be looked for. */
  list(values: readonly unknown[]): void {
    this.#remember(values);
    const { writer } = this;
    writer.byte(Tag.denseArray);
    writer.varint(values.length);
    for (const value of values) this.value(value);
    writer.byte(Tag.endDenseArray);
    writer.byte(0);
    writer.varint(values.length);
  }

  /** Writes a host tag and the reference that goes with it. */
  reference(reference: Reference): void {
    this.host(reference.tag);
    this.references.push(reference);
  }

  host(tag: number): void {
    this.writer.byte(Tag.host);
    this.writer.varint(tag);
  }

  /** The enumerable own string properties of `object`, without the tags around them; returns how many. */
  properties(object: object, keys: readonly string[]): number {
    let count = 0;
    for (const key of keys) {
      const value: unknown = (object as Record<string, unknown>)[key];
      // A getter may have deleted a property that comes later.
      if (value === undefined && !Object.hasOwn(object, key)) continue;
      this.#key(key);
      this.value(value);
      count++;
    }
    return count;
  }

  #key(key: string): void {
    const first = key.charCodeAt(0);
    // Array indexes are written as numbers.
    if (first <= 57 && first >= 48) {
      const index = Number(key);
      if (index < 0xffffffff && String(index) === key && Number.isInteger(index)) {
        return this.writer.number(index);
      }
    }
    this.writer.string(key);
  }

  #object(value: object): void {
    const known = this.#identify(value);
    if (known !== null) {
      this.writer.byte(Tag.reference);
      return this.writer.varint(known);
    }
    // A view comes after its buffer, which takes the earlier number.
    if (ArrayBuffer.isView(value)) this.#object(value.buffer);
    this.#remember(value);
    if (typeof value === "function") return this.#function(value);
    if (types.isProxy(value)) return this.#proxy(value);
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === objectPrototype && objectToString.call(value) === "[object Object]") {
      return this.#plain(value);
    }
    if (prototype === arrayPrototype || Array.isArray(value))
      return this.#array(value as unknown[]);
    this.#exotic(value, prototype);
  }

  #plain(object: object): void {
    this.writer.byte(Tag.object);
    const count = this.properties(object, Object.keys(object));
    this.writer.byte(Tag.endObject);
    this.writer.varint(count);
  }

  #array(array: readonly unknown[]): void {
    const { length } = array;
    const writer = this.writer;
    const keys = extraKeys(array);
    writer.byte(keys.dense ? Tag.denseArray : Tag.sparseArray);
    writer.varint(length);
    if (keys.dense) {
      for (let i = 0; i < length; i++) {
        const element = array[i];
        if (element === undefined && !(i in array)) writer.byte(Tag.hole);
        else this.value(element);
      }
    }
    const count = keys.rest.length === 0 ? 0 : this.properties(array, keys.rest);
    writer.byte(keys.dense ? Tag.endDenseArray : Tag.endSparseArray);
    writer.varint(count);
    writer.varint(length);
  }

  #function(value: object): void {
    const how = serializationOf(value);
    const exporter = this.encoding.exporter;
    if (how !== null) return this.#marked(value, how);
    if (exporter === null) throw notCloneable(value);
    this.reference(exporter.export(value, true));
  }

  #proxy(value: object): void {
    if (this.encoding.exporter === null) throw notCloneable(value);
    this.reference(this.encoding.exporter.exportProxy(value));
  }

  #marked(value: object, how: NonNullable<ReturnType<typeof serializationOf>>): void {
    const exporter = this.encoding.exporter;
    if (exporter !== null && how.refer !== undefined) {
      return this.reference(how.refer(value, exporter));
    }
    throw how.refusal === undefined ? notSerializable(value) : dataCloneError(how.refusal);
  }

  #exotic(value: object, prototype: unknown): void {
    const writer = this.writer;
    if (ArrayBuffer.isView(value)) return writeView(this.writer, value);
    if (types.isNativeError(value)) return writeError(this, value);
    if (types.isDate(value)) {
      writer.byte(Tag.date);
      return writer.double(value.getTime());
    }
    if (types.isMap(value)) return this.#map(value);
    if (types.isSet(value)) return this.#set(value);
    if (types.isAnyArrayBuffer(value)) return writeBuffer(writer, value);
    if (types.isRegExp(value)) return writeRegExp(writer, value);
    if (types.isBoxedPrimitive(value)) return writeBoxed(writer, value);
    const how = serializationOf(value);
    if (how !== null) return this.#marked(value, how);
    if (refusedNative(value)) throw notCloneable(value);
    if (writePlatformObject(this, value)) return;
    if (prototype !== objectPrototype && !this.encoding.classInstances)
      throw notSerializable(value);
    this.#plain(value);
  }

  #map(map: Map<unknown, unknown>): void {
    this.writer.byte(Tag.map);
    // A copy first: getters of a key or value may change the map.
    const entries = [...Map.prototype.entries.call(map)];
    for (const [key, value] of entries) {
      this.value(key);
      this.value(value);
    }
    this.writer.byte(Tag.endMap);
    this.writer.varint(entries.length * 2);
  }

  #set(set: Set<unknown>): void {
    this.writer.byte(Tag.set);
    const values = [...Set.prototype.values.call(set)];
    for (const value of values) this.value(value);
    this.writer.byte(Tag.endSet);
    this.writer.varint(values.length);
  }

  #identify(value: object): number | null {
    if (this.#ids !== null) return this.#ids.get(value) ?? null;
    const index = this.#objects.indexOf(value);
    return index === -1 ? null : index;
  }

  #remember(value: object): void {
    const id = this.#objects.push(value) - 1;
    if (this.#ids !== null) this.#ids.set(value, id);
    else if (id === fewObjects) {
      this.#ids = new Map(this.#objects.map((object, index) => [object, index]));
    }
  }
}

/** What an array has besides its elements; all its keys when it has holes. */
function extraKeys(array: readonly unknown[]): { dense: boolean; rest: readonly string[] } {
  const { length } = array;
  const keys = Object.keys(array);
  // Indexes come first: as many keys as elements, and the last index in its place, means no hole.
  const dense = length === 0 || (keys.length >= length && keys[length - 1] === String(length - 1));
  if (!dense) return { dense, rest: keys };
  return { dense, rest: keys.length === length ? none : keys.slice(length) };
}
