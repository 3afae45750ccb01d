// The type of a blob as it was given. Bun appends a charset to text types.

import { slot } from "./slot.ts";

/** Types of blobs that were made here. */
export const blobTypes = slot<string>();

/** The type of a blob as workerd would give it. */
export function blobType(blob: Blob): string {
  return blobTypes.get(blob) ?? withoutCharset(blob.type);
}

/** The type of a blob that Bun made: its addition is recognised by its spelling. */
export function withoutCharset(type: string): string {
  return type.endsWith(";charset=utf-8") ? type.slice(0, -";charset=utf-8".length) : type;
}
