// Two workers: the other one has its own env, its own module state, and is reached by RPC too.

import { script } from "../../script.ts";

type Method = (...args: unknown[]) => Promise<unknown>;
interface Stub {
  fetch: typeof fetch;
  [member: string]: unknown;
}

export default script<{ COUNTER: Stub; NOWHERE: Stub }>({
  id: "services-workers",
  compatibilityDate: "2026-11-01",
  config: {
    vars: { MINE: "1" },
    services: [
      { binding: "COUNTER", service: "echo", entrypoint: "Counter" },
      { binding: "ECHO", service: "echo" },
    ],
  },
  workers: { echo: { main: "./workers/echo.ts", config: { vars: { OTHER: "1" } } } },
  async run({ env: { COUNTER }, call, note }) {
    await call("COUNTER.increment", COUNTER, ["first"]);
    await call.with({ counts: false }, "COUNTER.increment", COUNTER, ["second"]);
    await call("COUNTER.own", COUNTER, ["env"]);
    await note(
      "in parallel",
      await Promise.all([1, 2, 3].map(() => (COUNTER["increment"] as Method)())),
    );
  },
});
