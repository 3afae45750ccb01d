// Calls on results of calls that go nowhere: their errors name the object.

import { DurableObject } from "cloudflare:workers";
import { script } from "../../script.ts";
import { configOf } from "./support/inside.ts";

export class Giver extends DurableObject {
  list(): number[] {
    return [1, 2];
  }
  object(): unknown {
    return { a: { b: 1 } };
  }
}

export default script<{ OBJECTS: DurableObjectNamespace }>({
  id: "durable-objects-pipelines",
  compatibilityDate: "2026-11-01",
  config: configOf("Giver"),
  async run({ env: { OBJECTS }, chain }) {
    const stub = OBJECTS.getByName("giver");
    await chain.with({ pipeline: true }, "pipelined", stub, ["object", 1], ["a"], ["b"]);
    await chain.with({ pipeline: true }, "through an array", stub, ["list", 1], ["length"]);
  },
});
