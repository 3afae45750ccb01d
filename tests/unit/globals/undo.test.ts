// Every patch can be taken back, whether or not its global was used.

import { expect, test } from "bun:test";
import { patchGlobals } from "../../../runtime/globals/index.ts";
import { UndoStack } from "../../../runtime/globals/install.ts";

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

test("the undo puts back what was never used", () => {
  const before = picture();
  patchGlobals()();
  expect(same(before, picture())).toBe(-1);
});

test("the undo puts back what was used", async () => {
  const before = picture();
  const undo = patchGlobals();
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
  ];
  expect(await new Response(new Blob(["x"])).body?.getReader().read()).toMatchObject({
    done: false,
  });
  expect(same(before, picture())).not.toBe(-1);
  undo();
  expect(same(before, picture())).toBe(-1);
  expect(used).toHaveLength(9);
});

test("objects that were made before the undo keep working", async () => {
  const undo = patchGlobals();
  const response = new Response("x", { cf: { a: 1 } } as ResponseInit);
  undo();
  expect(response).toBeInstanceOf(Response);
  expect(Reflect.get(response.clone(), "cf")).toEqual({ a: 1 });
  expect(await response.text()).toBe("x");
});

test("undos run in reverse order, and failures come together at the end", () => {
  const order: number[] = [];
  const undos = new UndoStack();
  for (const n of [1, 2, 3, 4]) {
    undos.add(() => {
      order.push(n);
      if (n % 2 === 0) throw new Error(`undo ${n}`);
    });
  }
  let thrown: unknown;
  try {
    undos.undo();
  } catch (error) {
    thrown = error;
  }
  expect(order).toEqual([4, 3, 2, 1]);
  expect((thrown as AggregateError).errors.map(String)).toEqual(["Error: undo 4", "Error: undo 2"]);
});

// The index of the first difference; the pictures hold functions, which no matcher should print.
function same(a: readonly unknown[], b: readonly unknown[]): number {
  const length = Math.max(a.length, b.length);
  for (let i = 0; i < length; i++) if (!Object.is(a[i], b[i])) return i;
  return -1;
}
