// Errors of `fetch` handlers before 2026-04-21, when only class and message crossed.

import { script } from "../../script.ts";

export default script<{ ECHO: { fetch: typeof fetch } }>({
  id: "services-errors-before",
  compatibilityDate: "2026-01-01",
  config: { services: [{ binding: "ECHO", service: "echo" }] },
  workers: { echo: { main: "./workers/echo.ts" } },
  async run({ env: { ECHO }, call }) {
    for (const path of ["throw", "custom", "string", "object", "nothing"]) {
      const init = { headers: { "x-before": path } };
      await call("ECHO.fetch", ECHO, [`http://echo.test/${path}`, init]);
    }
  },
});
