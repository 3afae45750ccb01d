// What stands for the result of a call at the callee's side, so that calls can be made on it before the caller has it.

import type { Callee, Realm } from "./callee.ts";
import { StubReference } from "./exporter.ts";
import type { Message } from "./payload.ts";

/** A result, as it leaves. */
export interface Result {
  readonly value: unknown;
  readonly message: Message;
  /** The plain object's own disposer, taken off it. */
  readonly disposer: (() => void) | null;
  /** Stubs that the result takes along. */
  readonly moved: readonly Disposable[];
  readonly realm: Realm;
}

/** The callee for calls on the result; it has one holder. */
export function resultPipeline({ value, message, disposer, moved, realm }: Result): Callee {
  const disposeMoved = (): void => {
    for (const stub of moved) stub[Symbol.dispose]();
  };
  if (isPlain(value)) {
    // Kept whole at this side: pipelined calls reach the very object, with stubs of its own.
    return realm.rpc.expose(value, true, realm, () => {
      disposer?.();
      disposeMoved();
    });
  }
  const reference = message.references[0];
  if (typeof value === "function" || isSingle(value, message)) {
    if (reference instanceof StubReference) reference.callee.retain();
    disposeMoved();
    if (reference instanceof StubReference) return reference.callee;
  }
  disposeMoved();
  // Nothing can be called on anything else; an empty object says so in the usual words.
  return realm.rpc.expose({}, true, realm, null);
}

function isPlain(value: unknown): value is object {
  return (
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}

// A value that became one stub as a whole: its message has nothing but the reference.
function isSingle(value: unknown, message: Message): boolean {
  return typeof value === "object" && value !== null && message.bytes.length === singleLength;
}

// The header, the host tag and the tag of a stub.
const singleLength = 4;
