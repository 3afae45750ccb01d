// The globals that exist in workerd for `instanceof` and feature tests: classes that no code can construct, the
// abstract `Body`, `Cloudflare.compatibilityFlags`. https://developers.cloudflare.com/workers/runtime-apis/

import { lazyGlobal, UndoStack } from "./install.ts";
import type { Kits } from "./kits.ts";
import type { Undo } from "../undo.ts";
import type { Scope } from "./types.ts";

/** Adds the classes and objects. */
export function patchScope(target: Scope, kits: Kits): Undo {
  const undos = new UndoStack();
  const add = (name: string, build: () => unknown): void =>
    undos.add(lazyGlobal(target, name, { build }));
  add("Body", () => abstractBody(kits));
  const addEvent = (name: string, parent: string): void =>
    // The parent is read from the scope, where it may be lazy too.
    add(name, () => eventClass(name, Reflect.get(target, parent) as typeof Event));
  addEvent("ExtendableEvent", "Event");
  addEvent("PromiseRejectionEvent", "Event");
  addEvent("FetchEvent", "ExtendableEvent");
  addEvent("ScheduledEvent", "ExtendableEvent");
  addEvent("TailEvent", "ExtendableEvent");
  addEvent("TraceEvent", "ExtendableEvent");
  const { flags } = kits.options;
  if (flags !== undefined) add("Cloudflare", () => cloudflare(flags));
  return () => undos.undo();
}

// https://developers.cloudflare.com/workers/configuration/compatibility-flags/
function cloudflare(flags: () => Readonly<Record<string, boolean>>): object {
  const get = (): unknown => Object.freeze({ ...flags() });
  return Object.defineProperty({}, "compatibilityFlags", { get, enumerable: true });
}

function abstractBody({ natives }: Kits): unknown {
  return class Body {
    constructor() {
      throw new TypeError("Illegal constructor");
    }

    static [Symbol.hasInstance](value: unknown): boolean {
      return value instanceof natives.Request || value instanceof natives.Response;
    }
  };
}

// The name of a class that is an object's method is the method's key.
function eventClass(name: string, Parent: typeof Event): unknown {
  const classes = {
    [name]: class extends Parent {
      constructor() {
        throw new TypeError("Illegal constructor");
        // Never reached: a derived class must call its parent's constructor.
        super("");
      }
    },
  };
  return classes[name];
}
