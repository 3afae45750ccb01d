// Service bindings: `services` in the configuration. What they lead to is an entrypoint of a worker of the same world.
// https://developers.cloudflare.com/workers/runtime-apis/bindings/service-bindings/

import { defineBinding } from "../../binding.ts";
import type { Binding } from "../../binding.ts";
import type { ServiceStub } from "../../rpc/service.ts";
import { serviceEndpoint } from "../../worker/service.ts";
import type { Worker } from "../../worker/worker.ts";
import type { WorkerLookup } from "../../worker/lookup.ts";
import { parseServices } from "./config.ts";
import type { ServiceOptions } from "./config.ts";

export const services: Binding<ServiceOptions, WorkerLookup, ServiceStub> = defineBinding({
  kind: "services",
  keys: ["services"],
  parse: parseServices,
  open: ({ workers }) => workers,
  expose(use, { worker: caller, options }) {
    const { entrypoint, props } = options;
    const stubs = requireWorker(use(), caller).rpc.services();
    return stubs.stub(
      serviceEndpoint({
        entrypoint,
        worker: () => find(use(), options),
        owner: () => use().owner(),
        props,
      }),
    );
  },
});

function find(workers: WorkerLookup, options: ServiceOptions): Worker {
  for (const name of options.names) {
    const worker = workers.get(name);
    if (worker !== undefined) return worker;
  }
  throw options.missing(workers.names);
}

function requireWorker(workers: WorkerLookup, name: string): Worker {
  const worker = workers.get(name);
  if (worker === undefined) throw new Error(`unreachable: "${name}" has the binding`);
  return worker;
}
