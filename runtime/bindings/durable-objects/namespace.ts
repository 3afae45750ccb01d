// The namespace that worker code gets: makes ids and stubs; the objects themselves are made by their first event.
// https://developers.cloudflare.com/durable-objects/api/namespace/

import type { Use } from "../../binding.ts";
import {
  illegalConstructor,
  illegalInvocation,
  isObject,
  toOptions,
  toText,
  wrongParameter,
} from "../../platform/arguments.ts";
import { platformClass } from "../../platform/class.ts";
import { type DurableObjectId, isDurableObjectId } from "./ids.ts";
import type { Objects } from "./objects.ts";

const NAME = "DurableObjectNamespace";

/** See the head of the file. Methods take everything: their signatures for users are workers-types'. */
export class DurableObjectNamespace {
  readonly #use: Use<Objects>;
  readonly #caller: string;

  /** `caller` is the worker whose code has it. */
  constructor(use: Use<Objects>, caller: string) {
    if (typeof use !== "function") throw illegalConstructor();
    this.#use = use;
    this.#caller = caller;
  }

  // The methods stand in the order in which workerd enumerates them, and like there declare no parameters.

  newUniqueId(...args: unknown[]): DurableObjectId {
    const objects = DurableObjectNamespace.#of(this)();
    const refuse = (): TypeError => wrongParameter(NAME, "newUniqueId", 1, "NewUniqueIdOptions");
    const options = toOptions<"jurisdiction">(args[0], refuse);
    refuseJurisdiction(options?.jurisdiction);
    return objects.ids.unique(objects.random);
  }

  idFromName(...args: unknown[]): DurableObjectId {
    const objects = DurableObjectNamespace.#of(this)();
    return objects.ids.fromName(toName(args, "idFromName"));
  }

  idFromString(...args: unknown[]): DurableObjectId {
    const objects = DurableObjectNamespace.#of(this)();
    return objects.ids.fromString(toName(args, "idFromString"));
  }

  get(...args: unknown[]): object {
    const use = DurableObjectNamespace.#of(this);
    const [id, options] = args;
    if (!isDurableObjectId(id)) throw wrongParameter(NAME, "get", 1, "DurableObjectId");
    checkGetOptions(options, "get");
    const Stub = use().stubs(this.#caller);
    return new Stub(use, id);
  }

  getByName(...args: unknown[]): object {
    const use = DurableObjectNamespace.#of(this);
    const name = toName(args, "getByName");
    checkGetOptions(args[1], "getByName");
    const Stub = use().stubs(this.#caller);
    return new Stub(use, use().ids.fromName(name));
  }

  jurisdiction(...args: unknown[]): DurableObjectNamespace {
    const use = DurableObjectNamespace.#of(this);
    use();
    refuseJurisdiction(args[0]);
    return new DurableObjectNamespace(use, this.#caller);
  }

  static #of(self: unknown): Use<Objects> {
    if (isObject(self) && #use in self) return self.#use;
    throw illegalInvocation();
  }
}

platformClass(DurableObjectNamespace);

function toName(args: unknown[], method: string): string {
  if (args.length === 0) throw wrongParameter(NAME, method, 1, "string");
  return toText(args[0]);
}

// A hint where to place an object; there is only one place here, and workerd takes any.
function checkGetOptions(options: unknown, method: string): void {
  toOptions(options, () => wrongParameter(NAME, method, 2, "GetDurableObjectOptions"));
}

function refuseJurisdiction(jurisdiction: unknown): void {
  if (jurisdiction === undefined || jurisdiction === null) return;
  toText(jurisdiction);
  throw new Error("Jurisdiction restrictions are not implemented in workerd.");
}
