// Patches a process of its own and takes the patch back; prints what it saw.

import { patchGlobals } from "../../../runtime/globals/index.ts";

const names = (
  "AbortController AbortSignal Blob Body DigestStream ExtendableEvent FetchEvent File FixedLengthStream FormData " +
  "Headers IdentityTransformStream Navigator Request Response ReadableStream ScheduledEvent WebSocket WebSocketPair " +
  "WebSocketRequestResponsePair WritableStream crypto fetch navigator scheduler"
).split(" ");

// What a test can see of the globals: themselves and the members of their classes and prototypes.
function picture(): unknown[] {
  const picture: unknown[] = [];
  const see = (object: unknown): void => {
    if (Object(object) !== object) return;
    const members = Object.getOwnPropertyDescriptors(object as object);
    for (const key of Reflect.ownKeys(members)) {
      const { value, get, set, enumerable } = Reflect.get(members, key) as PropertyDescriptor;
      picture.push(key, value, get, set, enumerable);
    }
  };
  for (const name of names) {
    const value: unknown = Reflect.get(globalThis, name);
    picture.push(name, name in globalThis, value);
    see(value);
    see((value as { prototype?: unknown } | undefined)?.prototype);
  }
  see(Object.getPrototypeOf(crypto));
  see(Object.getPrototypeOf(crypto.subtle));
  see(ReadableStreamBYOBReader.prototype);
  see(ReadableStreamDefaultReader.prototype);
  see(WritableStreamDefaultWriter.prototype);
  see(ReadableByteStreamController.prototype);
  see(HTMLRewriter.prototype);
  return picture;
}

const before = picture();
patchGlobals()();
const unused = same(before, picture());

const outer = patchGlobals();
const inner = patchGlobals();
const used = [
  Body,
  FetchEvent,
  navigator,
  scheduler,
  crypto.DigestStream,
  new WebSocketPair(),
  new FixedLengthStream(1),
  new Request("https://a.test/", { headers: new Headers() }),
  new FormData(),
  await new Response(new Blob(["x"])).body?.getReader().read(),
];
const response = new Response("x", { cf: { a: 1 } } as ResponseInit);
inner();
const whilePatched = same(before, picture());
outer();
const afterUse = same(before, picture());

console.log(
  JSON.stringify({
    unused,
    used: used.length,
    whilePatched: whilePatched >= 0,
    afterUse,
    kept: [
      response instanceof Response,
      Reflect.get(response.clone(), "cf"),
      await response.text(),
    ],
  }),
);

// The index of the first difference; the pictures hold functions, which no matcher should print.
function same(a: readonly unknown[], b: readonly unknown[]): number {
  const length = Math.max(a.length, b.length);
  for (let i = 0; i < length; i++) if (!Object.is(a[i], b[i])) return i;
  return -1;
}
