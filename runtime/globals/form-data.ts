// Body → FormData with workerd's checks of the content type, and files whose type stays as it was given.
// https://developers.cloudflare.com/workers/runtime-apis/response/#methods

import { replaceMethods } from "./install.ts";
import type { Kits } from "./kits.ts";
import { parseMultipart, type Part } from "./multipart.ts";
import type { Undo } from "../undo.ts";

const { listIterator, parseMediaType } = require("./core.ts") as typeof import("./core.ts");

/** Parses a body; throws workerd's TypeErrors for a missing or foreign content type. */
export function formDataOf(bytes: Uint8Array<ArrayBuffer>, headers: Headers, kits: Kits): FormData {
  const contentType = headers.get("content-type");
  if (contentType === null) {
    throw new TypeError("Parsing a Body as FormData requires a Content-Type header.");
  }
  const media = parseMediaType(contentType);
  // Files get the class and type of this side.
  kits.blobs();
  if (media?.essence === "application/x-www-form-urlencoded") {
    const form = new FormData();
    const fields = new URLSearchParams(new TextDecoder().decode(bytes));
    fields.forEach((value, name) => form.append(name, value));
    return form;
  }
  if (media?.essence !== "multipart/form-data") {
    throw new TypeError(
      "Unrecognized Content-Type header value. FormData can only parse the following MIME types: " +
        "multipart/form-data, application/x-www-form-urlencoded",
    );
  }
  const boundary = media.parameters.get("boundary");
  if (boundary === undefined) {
    throw new TypeError(
      "No boundary string in Content-Type header. The multipart/form-data MIME type requires a " +
        "boundary parameter, e.g. 'Content-Type: multipart/form-data; boundary=\"abcd\"'. See RFC 7578, section 4.",
    );
  }
  return formOf(parseMultipart(bytes, boundary), kits);
}

function formOf(parts: readonly Part[], kits: Kits): FormData {
  const form = new FormData();
  const { File } = kits.blobs();
  for (const { name, filename, type, bytes } of parts) {
    if (filename === null) form.append(name, new TextDecoder().decode(bytes));
    else form.append(name, new File([bytes], filename, { type }), filename);
  }
  return form;
}

/** Changes the prototype of Bun's FormData so that its files have the class and type that they were given. */
export function buildFormData(Native: typeof FormData, kits: Kits): Undo {
  const { entries, get, getAll } = Native.prototype as unknown as {
    entries(): IterableIterator<[string, string | Blob]>;
    get(name: string): string | Blob | null;
    getAll(name: string): (string | Blob)[];
  };
  // A blob without a name has the name of its field.
  const own = <T>(value: T, name: string): T =>
    value instanceof kits.natives.Blob ? kits.blobs().adopt(value, { name }) : value;
  const list = (form: FormData): [string, string | Blob][] =>
    [...Reflect.apply(entries, form, [])].map(([name, value]) => [name, own(value, name)]);

  const { append, set } = Native.prototype as unknown as Record<"append" | "set", Function>;
  // Bun would send a blob without a name as one without a type.
  const named = (native: Function) =>
    function (this: FormData, ...args: unknown[]): void {
      const [name, value, filename] = args;
      const isUnnamed = filename === undefined && value instanceof kits.natives.Blob;
      if (isUnnamed && args.length === 2) args.push((value as File).name ?? String(name));
      Reflect.apply(native, this, args);
    };

  return replaceMethods(Native.prototype, {
    append: named(append),
    set: named(set),
    get(this: FormData, name: string) {
      return own(Reflect.apply(get, this, [...arguments] as [string]), name);
    },
    getAll(this: FormData, name: string) {
      return Reflect.apply(getAll, this, [...arguments] as [string]).map((value) =>
        own(value, name),
      );
    },
    entries(this: FormData) {
      return listIterator("EntryIterator", list(this));
    },
    values(this: FormData) {
      return listIterator(
        "ValueIterator",
        list(this).map(([, value]) => value),
      );
    },
    forEach(this: FormData, callback: unknown, thisArg?: unknown): void {
      for (const [name, value] of list(this)) {
        Reflect.apply(callback as () => void, thisArg, [value, name, this]);
      }
    },
    [Symbol.iterator](this: FormData) {
      return listIterator("EntryIterator", list(this));
    },
  });
}
