// A tiny transport for tests: one realm that calls itself, each delivery from a macrotask of its own. What actors and
// service bindings do in the product, without gates and events.

import type { Callee, Realm } from "../../../runtime/rpc/callee.ts";
import { entrypointNames } from "../../../runtime/rpc/members.ts";
import { ExportedClasses } from "../../../runtime/rpc/exported-classes.ts";
import { createRpc, type Rpc } from "../../../runtime/rpc/stub.ts";
import { type Target, TargetCallee } from "../../../runtime/rpc/target.ts";

export interface Loopback {
  readonly rpc: Rpc;
  readonly realm: Realm;
  /** How many deliveries there were. */
  readonly delivered: number;
  /** The errors that nobody waited for. */
  readonly reported: unknown[];
  /** A stub for what `target` makes, with a `fetch` of its own, as service bindings are. */
  service<T = Remote>(target: () => object | Target): T;
  /** The callee behind such a stub. */
  entrypoint(target: () => object | Target): Callee;
}

/** A stub whose members nobody declared. */
// What comes out of a call is up to the test.
export type Remote = { [member: string]: any };

export interface LoopbackOptions {
  enhancedErrors?: boolean;
  duplicatesArguments?: boolean;
}

export function createLoopback(options: LoopbackOptions = {}): Loopback {
  let delivered = 0;
  const reported: unknown[] = [];
  const rpc = createRpc(() => realm, new ExportedClasses());
  const realm: Realm = {
    rpc,
    enhancedErrors: options.enhancedErrors ?? true,
    duplicatesArguments: options.duplicatesArguments ?? true,
    report: (error) => void reported.push(error),
    deliver: (work) =>
      new Promise((resolve, reject) => {
        setImmediate(() => {
          delivered++;
          work().then(resolve, reject);
        });
      }),
  };
  const entrypoint = (target: () => object | Target): Callee =>
    new TargetCallee({
      enter: () => realm,
      target: () => {
        const found = target();
        return "reserved" in found
          ? found
          : { object: found, own: false, reserved: entrypointNames };
      },
    });
  return {
    rpc,
    realm,
    reported,
    get delivered() {
      return delivered;
    },
    entrypoint,
    service: <T>(target: () => object | Target) => {
      const callee = entrypoint(target);
      class Fetcher {
        fetch(): string {
          return "fetched here";
        }
        get [Symbol.toStringTag](): string {
          return "Fetcher";
        }
      }
      Object.setPrototypeOf(
        Fetcher.prototype,
        rpc.wildcard(() => ({ callee: () => callee })),
      );
      // What the stub's members are is up to the target.
      return new Fetcher() as T;
    },
  };
}
