// Stubs of Durable Objects. A stub is connected to an object at its first use, and to that one for ever: when the object
// breaks, the stub stays broken, and a new stub leads to a new instance.
// https://developers.cloudflare.com/durable-objects/api/stub/

import type { Use } from "../../binding.ts";
import { BunflareError } from "../../errors.ts";
import { illegalInvocation, isObject } from "../../platform/arguments.ts";
import type { Callee, Realm } from "../../rpc/callee.ts";
import { entrypointNames } from "../../rpc/members.ts";
import { markPlatformClass, type Reference } from "../../rpc/payload/reference.ts";
import { HostTag } from "../../rpc/payload/tags.ts";
import type { Client } from "../../rpc/stub-state.ts";
import type { Rpc } from "../../rpc/stub.ts";
import { TargetCallee } from "../../rpc/target.ts";
import { EventRealm } from "../../worker/realm.ts";
import { DurableObject as BaseClass } from "../../worker/classes.ts";
import { noRpc } from "./errors.ts";
import { fetchObject } from "./fetch.ts";
import type { DurableObjectId } from "./ids.ts";
import type { DurableObject as Durable, Instance } from "./object.ts";
import type { Objects } from "./objects.ts";

/** The class of the stubs that one worker's code gets. */
export type StubClass = new (use: Use<Objects>, id: DurableObjectId) => object;

/** Makes it; `realm` gives the realm of the calling code. */
export function createStubClass(rpc: Rpc, realm: () => Realm): StubClass {
  // The name is workerd's, for what `constructor.name` and the console show.
  class DurableObject {
    declare readonly name: string | undefined;
    declare readonly id: DurableObjectId;
    readonly #connection: Connection;

    constructor(use: Use<Objects>, id: DurableObjectId) {
      this.#connection = new Connection(use, id);
      const shape = { enumerable: true, configurable: true };
      Object.defineProperty(this, "name", { ...shape, value: id.name });
      Object.defineProperty(this, "id", { ...shape, value: id });
    }

    fetch(...args: unknown[]): Promise<Response> {
      const connection = connectionOf(this);
      if (connection === null) throw illegalInvocation();
      const answer = fetchObject(() => connection.object(), args);
      return realm().receive?.(answer) ?? answer;
    }

    connect(): never {
      throw new BunflareError("binding_unsupported", {
        what: "connect() was called on a Durable Object",
        why: "bunflare does not simulate sockets to Durable Objects",
      });
    }

    static connection(stub: unknown): Connection | null {
      return isObject(stub) && #connection in stub ? stub.#connection : null;
    }
  }
  const connectionOf = DurableObject.connection;
  Reflect.deleteProperty(DurableObject, "connection");
  const { prototype } = DurableObject;
  Object.defineProperty(prototype, Symbol.toStringTag, {
    value: "DurableObject",
    configurable: true,
  });
  Object.setPrototypeOf(prototype, rpc.wildcard(connectionOf));
  markPlatformClass(prototype, {
    wildcard: true,
    refer: (value) => referTo(connectionOf(value)),
    refusal: "ServiceStub cannot be serialized in this context.",
  });
  return DurableObject;
}

// Passed on, a stub arrives as a service stub of the same object.
function referTo(connection: Connection | null): Reference {
  if (connection === null) throw illegalInvocation();
  const endpoint = {
    callee: connection.callee(),
    fetch: (args: readonly unknown[]) => fetchObject(() => connection.object(), args),
  };
  return {
    tag: HostTag.service,
    open: (receiver) => receiver.service(endpoint),
    // It holds nothing that ends.
    drop: () => undefined,
  };
}

/** What is behind a stub. */
class Connection implements Client {
  readonly #use: Use<Objects>;
  readonly #id: DurableObjectId;
  #bound: { readonly objects: Objects; readonly object: Durable } | null = null;
  #callee: Callee | null = null;

  constructor(use: Use<Objects>, id: DurableObjectId) {
    this.#use = use;
    this.#id = id;
  }

  /** The object; after a reset of the store another one, because the old one is gone with everything else. */
  object(): Durable {
    const objects = this.#use();
    if (this.#bound?.objects !== objects) {
      this.#bound = { objects, object: objects.object(this.#id) };
    }
    return this.#bound.object;
  }

  callee(): Callee {
    return (this.#callee ??= new TargetCallee({
      enter: () => this.#enter(),
      marksErrors: true,
      // `enter` makes the realms, and the constructor has run when the target is asked for.
      target: (realm) => targetOf((realm as ObjectRealm).life.present, this.#id),
    }));
  }

  #enter(): ObjectRealm {
    const object = this.object();
    const owner = this.#use().owner();
    return new ObjectRealm(object.enter(owner, "a call"));
  }
}

/** The realm of one call. */
class ObjectRealm extends EventRealm {
  readonly life: ReturnType<Durable["enter"]>["life"];

  constructor({ event, life }: ReturnType<Durable["enter"]>) {
    super(event);
    this.life = life;
  }
}

function targetOf(object: Instance, id: DurableObjectId) {
  if (!(object instanceof BaseClass)) throw noRpc();
  return {
    object,
    own: false,
    reserved: entrypointNames,
    onThrown: (error: unknown): void => {
      if (!isObject(error) || !Object.isExtensible(error)) return;
      Object.assign(error, { durableObjectId: id.toString() });
    },
  };
}
