// Blob and File whose `type` stays as it was given (Bun appends a charset to text types), and whose stream is a
// byte stream. https://developer.mozilla.org/docs/Web/API/Blob

import { illegalInvocation, toText } from "../platform/arguments.ts";
import { slot } from "./slot.ts";

const { blobType, blobTypes, byteBody, withoutCharset, wrongConstruction } =
  require("./core.ts") as typeof import("./core.ts");

type NativeBlob = typeof Blob;
type NativeFile = typeof File;

const names = slot<{ name: string; lastModified: number }>();

/** The two classes, and a way to make native results theirs. */
export interface PatchedBlobs {
  readonly Blob: NativeBlob;
  readonly File: NativeFile;
  /** Gives a native result the class and, where given, a type, and a name when it has none. */
  adopt<T extends Blob>(blob: T, as?: { type?: string; name?: string }): T;
}

/** Builds both classes on top of Bun's; nothing native is changed. */
export function buildBlobs(Native: NativeBlob, NativeFile: NativeFile): PatchedBlobs {
  const PatchedBlob = blobClass(Native);
  const PatchedFile = fileClass(PatchedBlob, NativeFile);
  return {
    Blob: PatchedBlob,
    File: PatchedFile,
    adopt(blob, { type, name } = {}) {
      blobTypes.set(blob, type ?? blobType(blob));
      const file = isFile(blob, NativeFile);
      if (name !== undefined && !file) names.set(blob, { name, lastModified: Date.now() });
      const { prototype } = file || name !== undefined ? PatchedFile : PatchedBlob;
      return Object.setPrototypeOf(blob, prototype) as typeof blob;
    },
  };
}

// In Bun, File and Blob have one prototype; only a file has a text as its name.
function isFile(blob: Blob, Native: NativeFile): boolean {
  return typeof Reflect.get(Native.prototype, "name", blob) === "string";
}

function blobClass(Native: NativeBlob): NativeBlob {
  const { slice, stream } = Native.prototype;
  class Blob extends Native {
    constructor(parts?: unknown, options?: unknown) {
      if (parts !== undefined && !Array.isArray(parts)) throw wrongConstruction("Blob", 1, "Array");
      const type = readType("Blob", 2, options);
      super(blobParts(parts ?? []), { type });
      blobTypes.set(this, type);
    }

    override get type(): string {
      if (!(this instanceof Native)) throw illegalInvocation();
      return blobTypes.get(this) ?? withoutCharset(super.type);
    }

    override slice(start?: number, end?: number, type?: string): Blob {
      if (!(this instanceof Native)) throw illegalInvocation();
      const part: Blob = slice.call(this, start, end) as Blob;
      blobTypes.set(part, type === undefined ? "" : normalType(type));
      return Object.setPrototypeOf(part, Blob.prototype) as Blob;
    }

    override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
      if (!(this instanceof Native)) throw illegalInvocation();
      return byteBody(() => stream.call(this));
    }

    // Native results (Bun.file, form data) are blobs too.
    static override [Symbol.hasInstance](value: unknown): boolean {
      return this === Blob ? value instanceof Native : ordinary.call(this, value);
    }
  }
  return callable(Blob as unknown as NativeBlob);
}

function fileClass(Parent: NativeBlob, Native: NativeFile): NativeFile {
  class File extends Native {
    constructor(parts?: unknown, name?: unknown, options?: unknown) {
      if (arguments.length < 2) throw wrongConstruction("File", 2, "string");
      if (!Array.isArray(parts)) throw wrongConstruction("File", 1, "Array");
      const type = readType("File", 3, options);
      const modified = (options as { lastModified?: unknown } | undefined)?.lastModified;
      const lastModified = modified === undefined ? Date.now() : Math.trunc(Number(modified)) || 0;
      super(blobParts(parts), toText(name), { lastModified, type });
      blobTypes.set(this, type);
      names.set(this, { name: toText(name), lastModified });
    }

    override get name(): string {
      return names.get(this)?.name ?? super.name;
    }

    override get lastModified(): number {
      return names.get(this)?.lastModified ?? super.lastModified;
    }

    get [Symbol.toStringTag](): string {
      return "File";
    }

    // For Bun a slice of a file is a file; native results are told by Bun.
    static override [Symbol.hasInstance](value: unknown): boolean {
      if (ordinary.call(this, value)) return true;
      return this === File && value instanceof Native && !ordinary.call(Parent, value);
    }
  }
  Object.setPrototypeOf(File.prototype, Parent.prototype);
  return callable(File as unknown as NativeFile);
}

const ordinary = Function.prototype[Symbol.hasInstance];

// What is neither bytes nor a blob is text; Bun would leave it out or look into it.
function blobParts(parts: readonly unknown[]): Bun.BlobPart[] {
  return parts.map((part) =>
    part instanceof ArrayBuffer || ArrayBuffer.isView(part) || part instanceof Blob
      ? (part as Bun.BlobPart)
      : toText(part),
  );
}

function readType(name: string, index: number, options: unknown): string {
  if (options === undefined || options === null) return "";
  if (typeof options !== "object" && typeof options !== "function") {
    throw wrongConstruction(name, index, "Options");
  }
  const { endings, type } = options as { endings?: unknown; type?: unknown };
  if (endings !== undefined) {
    throw new Error("The 'endings' field on 'Options' is not implemented.");
  }
  return type === undefined ? "" : normalType(type);
}

// https://w3c.github.io/FileAPI/#constructorBlob: other than printable ASCII makes the type empty.
function normalType(type: unknown): string {
  const text = toText(type);
  return /^[\x20-\x7e]*$/.test(text) ? text.toLowerCase() : "";
}

// A class of its own length and with workerd's message when it is called like a function.
function callable<T extends NativeBlob | NativeFile>(Class: T): T {
  Object.defineProperty(Class, "length", { value: 0, configurable: true });
  return Class;
}
