// Records for a pipeline. Cloudflare takes lists of objects that have JSON; the local simulator takes everything.

import { script } from "../../script.ts";

interface Env {
  PIPELINE: { send(records: unknown): Promise<void> };
  OLDER: { send(records: unknown): Promise<void> };
}

const documented = {
  class: "production",
  reason: "the local simulator checks nothing",
  link: "https://developers.cloudflare.com/pipelines/streams/writing-to-streams/",
} as const;

export default script<Env>({
  id: "pipelines-send",
  compatibilityDate: "2026-11-01",
  config: {
    pipelines: [
      { binding: "PIPELINE", stream: "stream" },
      { binding: "OLDER", pipeline: "older" },
    ],
  },
  async run({ env: { PIPELINE, OLDER }, call, note }) {
    const lists = [
      [],
      [{ event: "view", n: 1 }],
      [{ nested: { list: [1, null, "a"] } }, {}],
      [{ at: new Date(0), none: undefined, bytes: Uint8Array.of(1) }],
      Array.from({ length: 1000 }, (_, n) => ({ n })),
    ];
    for (const records of lists) await call("PIPELINE.send", PIPELINE, [records]);
    await call("OLDER.send", OLDER, [[{ older: true }]]);
    for (const records of [undefined, "text"]) {
      const label = "PIPELINE.send of what is no list";
      await call.with({ differs: documented }, label, PIPELINE, [records]);
    }
    await note("what it is", [String(PIPELINE), PIPELINE.constructor.name, Object.keys(PIPELINE)]);
  },
});
