// The way to an entrypoint of a worker: each call and each request is an event of its own.

import { context } from "../context.ts";
import { BunflareError } from "../errors.ts";
import type { Owner } from "../owner.ts";
import { entrypointNames } from "../rpc/members.ts";
import type { Realm } from "../rpc/callee.ts";
import type { Endpoint } from "../rpc/service.ts";
import { type Target, TargetCallee } from "../rpc/target.ts";
import { openEntrypoint } from "./entrypoint.ts";
import { ExecutionContext } from "./execution-context.ts";
import { EventRealm, newRealm } from "./realm.ts";
import type { Worker } from "./worker.ts";

/** An entrypoint of a worker that may not be there. */
export interface Service {
  readonly entrypoint: string;
  /** The worker that is called. Throws when there is none. */
  worker(): Worker;
  /** Who causes the call: the owner of the calling code. */
  owner(): Owner;
  /** A new copy of `ctx.props`; undefined for none. */
  props(): unknown;
}

/** What service stubs call. */
export function serviceEndpoint(service: Service): Endpoint {
  const callee = new TargetCallee({
    enter: () => {
      const worker = service.worker();
      return newRealm(worker, service.owner(), labelOf(worker, service));
    },
    target: (realm) => targetOf(realm, service),
  });
  return { callee, fetch: (args) => fetchService(service, args) };
}

function labelOf(worker: Worker, { entrypoint }: Service): string {
  return `a call to ${worker.name}${entrypoint === "default" ? "" : `, ${entrypoint}`}`;
}

async function targetOf(realm: Realm, service: Service): Promise<Target> {
  if (!(realm instanceof EventRealm)) throw new Error("unreachable: a call is an event");
  const { worker } = realm.event;
  const ctx = new ExecutionContext(realm.event, service.props());
  const { object, isInstance } = await openEntrypoint(worker, service.entrypoint, ctx);
  if (isInstance) return { object, own: false, reserved: entrypointNames };
  const handlerArguments = [worker.env, ctx] as const;
  return { object, own: true, reserved: entrypointNames, handlerArguments };
}

async function fetchService(service: Service, args: readonly unknown[]): Promise<Response> {
  const { requestOf, untilAborted } = exchange();
  const request = requestOf(args);
  request.signal.throwIfAborted();
  const worker = service.worker();
  const owner = service.owner();
  // A message leaves an actor when what was written before it is safe.
  await context.get()?.event?.gate?.whenConfirmed;
  const { fetchEntrypoint } = fetchEvent();
  const { entrypoint } = service;
  const props = service.props();
  const failure = (error: unknown): unknown => remote(error, worker);
  const target = { worker, owner, entrypoint, props, failure };
  return untilAborted(request.signal, fetchEntrypoint(target, request));
}

// What the handler threw arrives as it does over RPC.
function remote(error: unknown, worker: Worker): unknown {
  if (error instanceof BunflareError) return error;
  const { decodeFailure, encodeFailure } =
    require("../rpc/failure.ts") as typeof import("../rpc/failure.ts");
  return decodeFailure(encodeFailure(error, worker.realm));
}

function exchange(): typeof import("../events/exchange.ts") {
  return require("../events/exchange.ts") as typeof import("../events/exchange.ts");
}

function fetchEvent(): typeof import("../events/fetch.ts") {
  return require("../events/fetch.ts") as typeof import("../events/fetch.ts");
}
