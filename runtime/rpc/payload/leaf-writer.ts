// Writes the built-in objects that have no properties of their own to write.

import * as types from "node:util/types";
import { dataCloneError, notCloneable } from "./refusal.ts";
import { regexpFlags, Tag, ViewFlag, views } from "./tags.ts";
import type { Writer } from "./writer.ts";

export function writeRegExp(writer: Writer, regexp: RegExp): void {
  writer.byte(Tag.regexp);
  writer.string(regexp.source);
  let flags = 0;
  regexpFlags.forEach((flag, bit) => {
    if (flag !== null && regexp.flags.includes(flag)) flags |= 1 << bit;
  });
  writer.varint(flags);
}

/** A wrapper object (`new String("x")`); wrapped symbols are refused. */
export function writeBoxed(writer: Writer, value: object): void {
  const primitive: unknown = boxedValue(value);
  switch (typeof primitive) {
    case "boolean":
      return writer.byte(primitive ? Tag.trueObject : Tag.falseObject);
    case "number":
      writer.byte(Tag.numberObject);
      return writer.double(primitive);
    case "bigint":
      writer.byte(Tag.bigintObject);
      return writer.bigint(primitive);
    case "string":
      writer.byte(Tag.stringObject);
      return writer.string(primitive);
    default:
      throw notCloneable(value);
  }
}

export function writeBuffer(writer: Writer, buffer: ArrayBufferLike): void {
  if (!(buffer instanceof ArrayBuffer)) throw notCloneable(buffer);
  if (buffer.detached) throw dataCloneError("An ArrayBuffer is detached and could not be cloned.");
  writer.byte(buffer.resizable ? Tag.resizableArrayBuffer : Tag.arrayBuffer);
  writer.varint(buffer.byteLength);
  if (buffer.resizable) writer.varint(buffer.maxByteLength);
  writer.raw(new Uint8Array(buffer));
}

/** A view; its buffer was written just before. */
export function writeView(writer: Writer, view: ArrayBufferView): void {
  const name = Object.prototype.toString.call(view).slice(8, -1);
  // A view of a class of the worker's own has the tag of the built-in class that it extends.
  const letter = views.find((entry) => entry[1] === name)?.[0];
  if (letter === undefined) throw notCloneable(view);
  writer.byte(Tag.view);
  writer.byte(letter);
  writer.varint(view.byteOffset);
  writer.varint(view.byteLength);
  writer.varint(viewFlags(view));
}

function boxedValue(value: object): unknown {
  if (types.isNumberObject(value)) return Number.prototype.valueOf.call(value);
  if (types.isStringObject(value)) return String.prototype.valueOf.call(value);
  if (types.isBooleanObject(value)) return Boolean.prototype.valueOf.call(value);
  if (types.isBigIntObject(value)) return BigInt.prototype.valueOf.call(value);
  return Symbol.prototype.valueOf.call(value);
}

function viewFlags(view: ArrayBufferView): number {
  const { buffer, byteOffset, byteLength } = view;
  if (!(buffer instanceof ArrayBuffer) || !buffer.resizable) return 0;
  // Nothing tells whether a view follows its buffer's length; one that ends where the buffer ends is taken for such.
  const follows = byteOffset + byteLength === buffer.byteLength;
  return ViewFlag.resizable | (follows ? ViewFlag.lengthTracking : 0);
}
