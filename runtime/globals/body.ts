// The half that Request and Response share: the body and its consumers, with workerd's refusals.
// https://developers.cloudflare.com/workers/runtime-apis/response/#methods

import { consume, isDisturbed } from "./body-source.ts";
import { newState, states, type BodyState } from "./body-state.ts";
import { illegalInvocation } from "../platform/arguments.ts";
import type { Kits } from "./kits.ts";
import { blobTypeOf } from "./media-type.ts";
import { decodeText, parseJson, readBytes } from "./read-bytes.ts";

const usedMessage =
  "Body has already been used. It can only be used once. Use tee() first if you need to read it twice.";
const lockedMessage = "This ReadableStream is currently locked to a reader.";

// The classes are built on constructors without types; what is called natively has them.
type NativeBody = object;
type Consumer = "arrayBuffer" | "bytes" | "text" | "json" | "blob" | "formData";

/** Accessors and methods of a native prototype, captured before anything is changed. */
export interface NativeMembers {
  readonly body: (object: NativeBody) => ReadableStream<Uint8Array> | null;
  readonly bodyUsed: (object: NativeBody) => boolean;
  readonly headers: (object: NativeBody) => Headers;
  readonly clone: (object: NativeBody) => NativeBody;
}

/** Reads an accessor that cannot be redefined on a native prototype. */
export function nativeGetter<T>(prototype: object, key: string): (object: object) => T {
  const get = Object.getOwnPropertyDescriptor(prototype, key)?.get;
  return (object) => Reflect.apply(get as () => T, object, []);
}

/** Reads the members that both classes take from their native prototype. */
export function nativeMembers(prototype: Request | Response): NativeMembers {
  const { clone } = prototype;
  return {
    body: nativeGetter(prototype, "body"),
    bodyUsed: nativeGetter(prototype, "bodyUsed"),
    headers: nativeGetter(prototype, "headers"),
    clone: (object) => Reflect.apply(clone, object, []),
  };
}

/** What both classes need of each other's bodies. */
export interface BodyLayer {
  /** The record of an object of the class; throws for anything else. */
  state(object: unknown): BodyState;
  /** Gives a native object a new record. */
  receive(object: NativeBody): BodyState;
  /** Headers with the content type that the body brought. */
  headers(object: NativeBody): Headers;
  stream(object: NativeBody): ReadableStream | null;
  used(object: NativeBody): boolean;
  locked(object: NativeBody): boolean;
  /** Whether there is a body, used or not. */
  hasBody(object: NativeBody): boolean;
  /** A clone as Bun makes it, of Bun's class. */
  nativeClone(object: NativeBody): NativeBody;
  /** Bun's own headers, as they are. */
  nativeHeaders(object: NativeBody): Headers;
  /** Bun's own stream of the body. */
  nativeBody(object: NativeBody): ReadableStream | null;
  /** The consumers, ready to be put on the prototype of the class. */
  readonly methods: Record<Consumer, unknown>;
}

/** Builds the shared half for one native class. */
export function bodyLayer(
  Native: typeof Request | typeof Response,
  members: NativeMembers,
  kits: Kits,
): BodyLayer {
  const native = <T>(name: Consumer): ((object: NativeBody) => Promise<T>) => {
    const method = Native.prototype[name] as () => Promise<T>;
    return (object) => Reflect.apply(method, object, []);
  };
  const [bytes, blob] = [native<Uint8Array<ArrayBuffer>>("bytes"), native<Blob>("blob")];

  function state(object: unknown): BodyState {
    const found = Object(object) === object ? states.get(object as object) : undefined;
    if (found !== undefined) return found;
    if (!(object instanceof Native)) throw illegalInvocation();
    return receive(object);
  }

  function receive(object: NativeBody): BodyState {
    const body = members.bodyUsed(object) || members.body(object) !== null ? undefined : null;
    const made = newState(body, null);
    states.set(object, made);
    return made;
  }

  function headers(object: NativeBody): Headers {
    const record = state(object);
    kits.headers();
    const found = members.headers(object);
    if (record.type !== null) {
      if (!found.has("content-type")) found.set("content-type", record.type);
      record.type = null;
    }
    return found;
  }

  function stream(object: NativeBody): ReadableStream | null {
    const record = state(object);
    if (record.body === undefined) record.body = materialise(object, record);
    return record.body;
  }

  function materialise(object: NativeBody, record: BodyState): ReadableStream | null {
    const stream = kits
      .streams()
      .byteBody(() => members.body(object) as ReadableStream<Uint8Array>);
    // A body that was consumed or handed over shows a locked stream.
    if (record.moved || members.bodyUsed(object)) consume(stream);
    return stream;
  }

  function used(object: NativeBody): boolean {
    const record = state(object);
    if (record.moved || members.bodyUsed(object)) return true;
    return record.body !== undefined && record.body !== null && isDisturbed(record.body);
  }

  function locked(object: NativeBody): boolean {
    const record = state(object);
    return record.moved || (record.body?.locked ?? false);
  }

  // Checks that a body can be consumed and locks the stream that the user may hold.
  function open(object: NativeBody): BodyState | TypeError {
    const record = state(object);
    if (used(object)) return new TypeError(usedMessage);
    if (record.body === undefined || record.body === null) return record;
    if (record.body.locked) return new TypeError(lockedMessage);
    if (!record.given) consume(record.body);
    return record;
  }

  // `bun` reads what Bun holds; `own` reads a stream of the user's and checks its chunks.
  function consumer<T>(
    bun: (object: NativeBody) => Promise<T>,
    own: (bytes: Uint8Array<ArrayBuffer>, object: NativeBody) => T | Promise<T>,
  ) {
    return function (this: NativeBody): Promise<T> {
      const record = open(this);
      if (record instanceof TypeError) return Promise.reject(record);
      if (!record.given) return bun(this);
      return readBytes(record.body as ReadableStream).then((all) => own(all, this));
    };
  }

  const form = async (all: Uint8Array<ArrayBuffer>, received: Headers): Promise<FormData> => {
    const { formDataOf } = require("./blobs.ts") as typeof import("./blobs.ts");
    return formDataOf(all, received, kits);
  };
  const type = (object: NativeBody): string => blobTypeOf(headers(object).get("content-type"));
  const jsonNative = native<unknown>("json");
  const methods = {
    arrayBuffer: consumer(native<ArrayBuffer>("arrayBuffer"), (all) => all.buffer),
    bytes: consumer<Uint8Array>(bytes, (all) => all),
    text: consumer(native<string>("text"), decodeText),
    json: consumer<unknown>(
      (object) => jsonNative(object).catch(explainJson),
      (all) => parseJson(decodeText(all)),
    ),
    blob: consumer<Blob>(
      (object) => blob(object).then((made) => kits.blobs().adopt(made, { type: type(object) })),
      (all, object) => new (kits.blobs().Blob)([all], { type: type(object) }),
    ),
    formData: consumer<FormData>(
      (object) => {
        // Bun forgets the boundary of a form that was consumed.
        const received = headers(object);
        return bytes(object).then((all) => form(all, received));
      },
      (all, object) => form(all, headers(object)),
    ),
  };
  return {
    state,
    receive,
    headers,
    stream,
    used,
    locked,
    hasBody: (object) => state(object).body !== null,
    nativeClone: members.clone,
    nativeHeaders: members.headers,
    nativeBody: members.body,
    methods,
  };
}

// JavaScriptCore's words for an empty text; the rest of its messages cannot be V8's.
function explainJson(error: unknown): never {
  if (error instanceof SyntaxError && /Unexpected E(OF|nd of file)/i.test(error.message)) {
    throw new SyntaxError("Unexpected end of JSON input");
  }
  throw error;
}
