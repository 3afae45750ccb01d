// Body → FormData with workerd's checks of the content type, and files whose type stays as it was given.
// https://developers.cloudflare.com/workers/runtime-apis/response/#methods

import { replaceMethods } from "./install.ts";
import { listIterator } from "./iterators.ts";
import type { Kits } from "./kits.ts";
import { parseMediaType } from "./media-type.ts";
import type { Undo } from "../undo.ts";

/** Parses a body; throws workerd's TypeErrors for a missing or foreign content type. */
export async function formDataOf(
  bytes: Uint8Array<ArrayBuffer>,
  headers: Headers,
  kits: Kits,
): Promise<FormData> {
  const contentType = headers.get("content-type");
  if (contentType === null) {
    throw new TypeError("Parsing a Body as FormData requires a Content-Type header.");
  }
  const media = parseMediaType(contentType);
  // Files get the class and type of this side.
  kits.blobs();
  if (media?.essence === "application/x-www-form-urlencoded") {
    return parseNatively(bytes, "application/x-www-form-urlencoded", kits);
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
  refuseBrokenParts(bytes, boundary);
  return parseNatively(bytes, `multipart/form-data; boundary="${boundary}"`, kits);
}

async function parseNatively(
  bytes: Uint8Array<ArrayBuffer>,
  contentType: string,
  kits: Kits,
): Promise<FormData> {
  const response = new kits.natives.Response(bytes, { headers: { "content-type": contentType } });
  return (await response.formData()) as FormData;
}

// Bun's parser skips over what workerd refuses.
function refuseBrokenParts(bytes: Uint8Array<ArrayBuffer>, boundary: string): void {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const parts = text.split(`--${boundary}`);
  if (parts.length < 2) {
    throw new TypeError("No initial boundary string (or you have a truncated message).");
  }
  for (const part of parts.slice(1)) {
    if (part.startsWith("--")) return;
    const head = /^\r?\n((?:[^\r\n]+\r?\n)+)\r?\n/.exec(part)?.[1];
    if (head === undefined) {
      throw new TypeError("No multipart message header termination found.");
    }
    const disposition = /^content-disposition\s*:\s*form-data(.*)$/im.exec(head)?.[1];
    if (disposition === undefined) {
      throw new TypeError("No valid Content-Disposition header found in FormData part.");
    }
    if (!/;\s*name\s*=/i.test(disposition)) {
      throw new TypeError("Content-Disposition header in FormData part is missing a name.");
    }
  }
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

  return replaceMethods(Native.prototype, {
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
