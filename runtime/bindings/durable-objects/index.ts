// Durable Objects: `durable_objects.bindings` in the configuration, one namespace for each class, shared between workers.
// https://developers.cloudflare.com/durable-objects/

import { defineBinding } from "../../binding.ts";
import type { Binding } from "../../binding.ts";
import { parseDurableObjects } from "./config.ts";
import type { DurableObjectOptions } from "./config.ts";
import { DurableObjectNamespace } from "./namespace.ts";
import { Objects, tables } from "./objects.ts";
import { inspectDurableObjects } from "./state.ts";
import type { DurableObjectsQuery, DurableObjectsState } from "./state.ts";

export const durableObjects: Binding<
  DurableObjectOptions,
  Objects,
  DurableObjectNamespace,
  DurableObjectsState,
  DurableObjectsQuery
> = defineBinding({
  kind: "durable-objects",
  keys: ["durable_objects.bindings"],
  tables,
  parse: parseDurableObjects,
  classes: ({ options }) => (options.classUse === null ? [] : [options.classUse]),
  loopback: ({ worker, options: { className, classUse } }) =>
    classUse === null
      ? null
      : { className, expose: (use) => new DurableObjectNamespace(use, worker) },
  open: (context) => new Objects(context),
  expose: (use, { worker }) => new DurableObjectNamespace(use, worker),
  inspect: inspectDurableObjects,
  isKeyed: true,
  close: (objects) => objects.close(),
  // An absolute time that nearly always comes from a relative one.
  volatile: ["alarm"],
});
