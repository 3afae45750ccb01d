import type { Env } from "../../runtime/env.ts";
import { testBinding } from "./contract.ts";

interface Pipeline {
  send(records: readonly object[]): Promise<void>;
}

const pipeline = (env: Env): Pipeline => env.STREAM as Pipeline;

testBinding({
  kind: "pipelines",
  name: "STREAM",
  config: { pipelines: [{ binding: "STREAM", stream: "stream" }] },
  steps: [
    (env) => pipeline(env).send([{ n: 1 }, { n: 2 }]),
    (env) => pipeline(env).send([]),
    (env) => pipeline(env).send([{ at: new Date(0) }]),
  ],
  calls: { send: (env) => pipeline(env).send([{ n: 1 }]) },
});
