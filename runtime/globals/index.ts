// workerd's globals over Bun's. Each is an accessor until it is first read: this runs before every test file, and what
// builds them is loaded only then. https://developers.cloudflare.com/workers/runtime-apis/web-standards/

import type { Undo } from "../undo.ts";
import { patchAbort } from "./abort-signal.ts";
import type { Builders } from "./builders.ts";
import { patchFetch } from "./fetch.ts";
import { nativesOf } from "./natives.ts";
import { slot } from "./slot.ts";
import type { GlobalsOptions, Scope } from "./types.ts";

export type { GlobalsOptions } from "./types.ts";

/** Those that stand in for one of Bun's own. */
const REPLACED = [
  "Blob",
  "File",
  "Headers",
  "ReadableStream",
  "Request",
  "Response",
  "WebSocket",
  "crypto",
  "navigator",
] as const;

/** Those that Bun does not have. */
const ADDED = [
  "Body",
  "Cloudflare",
  "EventSource",
  "ExtendableEvent",
  "FetchEvent",
  "FixedLengthStream",
  "IdentityTransformStream",
  "Navigator",
  "PromiseRejectionEvent",
  "ScheduledEvent",
  "TailEvent",
  "TraceEvent",
  "WebSocketPair",
  "WebSocketRequestResponsePair",
  "scheduler",
] as const;

/** What is built at its first use. */
export type LazyName = (typeof REPLACED)[number] | (typeof ADDED)[number];

interface Installation {
  count: number;
  readonly undo: Undo;
}

// How many installations a scope has.
const installed = slot<Installation>();

/**
 * Gives the scope workerd's globals. The undo puts everything back; what fails on the way is thrown as one AggregateError
 * at the end. Objects made in between keep working.
 *
 * A scope is patched once: a second installation has no options of its own, and the last undo is the one that counts.
 */
export function patchGlobals(options: GlobalsOptions = {}): Undo {
  const target = options.target ?? globalThis;
  const installation = installed.get(target) ?? { count: 0, undo: install(target, options) };
  installation.count++;
  installed.set(target, installation);
  let isUndone = false;
  return () => {
    if (isUndone) return;
    isUndone = true;
    if (--installation.count > 0) return;
    installed.delete(target);
    installation.undo();
  };
}

function install(target: Scope, options: GlobalsOptions): Undo {
  const natives = nativesOf(target);
  let made: Builders | null = null;
  const builders = (): Builders => {
    if (made === null) {
      const { createBuilders } = require("./builders.ts") as typeof import("./builders.ts");
      made = createBuilders(target, natives, options);
    }
    return made;
  };
  for (const name of REPLACED) defineLazily(target, name, builders);
  for (const name of ADDED) defineLazily(target, name, builders);
  const undoFetch = patchFetch(target, natives.fetch, () => builders().kits);
  const undoAbort = patchAbort(target);
  return () => {
    const { UndoStack } = require("./install.ts") as typeof import("./install.ts");
    const undos = new UndoStack();
    undos.add(() => made?.kits.undo());
    for (const name of REPLACED) undos.add(() => settle(target, name, natives[name]));
    for (const name of ADDED) undos.add(() => void Reflect.deleteProperty(target, name));
    undos.add(undoFetch);
    undos.add(undoAbort);
    undos.undo();
  };
}

function defineLazily(target: Scope, name: LazyName, builders: () => Builders): void {
  Object.defineProperty(target, name, {
    get() {
      const value = builders().build[name]();
      settle(target, name, value);
      return value;
    },
    set(value: unknown) {
      settle(target, name, value);
    },
    enumerable: isEnumerable(name),
    configurable: true,
  });
}

function settle(target: Scope, name: LazyName, value: unknown): void {
  const enumerable = isEnumerable(name);
  Object.defineProperty(target, name, { value, writable: true, enumerable, configurable: true });
}

// Objects are, classes are not.
function isEnumerable(name: LazyName): boolean {
  return name === "crypto" || name === "navigator" || name === "scheduler";
}
