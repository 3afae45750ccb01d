// The `cloudflare:*` modules, for the workers of each test file.

import type { Env } from "../runtime/env.ts";
import { BunflareError } from "../runtime/errors.ts";
import type { Owner } from "../runtime/owner.ts";
import type { Worker } from "../runtime/worker/worker.ts";
import { currentFile } from "./current-file.ts";
import { patchGlobals } from "./globals.ts";
import { workerOf } from "./graphs.ts";

/** Registers them. They are made anew for each file, because the module cache is emptied between files. */
export function provideModules(): void {
  Bun.plugin({
    name: "bunflare-modules",
    setup(build) {
      build.onLoad({ filter: /.*/, namespace: "cloudflare" }, ({ path }) => ({
        loader: "object",
        exports: cloudflareModule(`cloudflare:${path}`),
      }));
    },
  });
}

/**
 * The exports of a `cloudflare:*` module for the current file; a query says for which worker of it. Throws workerd's
 * error for an unknown one.
 */
export function cloudflareModule(specifier: string): Record<string, unknown> {
  const file = currentFile();
  const [name = "", query = ""] = specifier.split("?");
  if (file === undefined) {
    throw new BunflareError("usage", {
      what: `"${name}" was imported in a preload`,
      why: "each test file has its own",
      todo: 'Import what needs it in a hook there: beforeAll(() => import("./src/index.ts"))',
    });
  }
  if (name !== "cloudflare:workers") throw new Error(`No such module "${name}".`);
  patchGlobals();
  // Loaded here: a file that does not import it does not pay for it.
  const { workersModule } =
    require("../runtime/modules/workers.ts") as typeof import("../runtime/modules/workers.ts");
  const owner = (): Owner => file.owner;
  const other = new URLSearchParams(query).get("worker");
  if (other === null) {
    const env = (): Env => file.worker().env;
    return workersModule({
      owner,
      env,
      exports: () => file.worker().exports,
      rpc: () => file.rpc(),
      classes: () => file.classes,
    });
  }
  const worker = (): Worker => workerOf(other);
  const env = (): Env => worker().env;
  return workersModule({
    owner,
    env,
    exports: () => worker().exports,
    rpc: () => worker().rpc,
    classes: () => worker().classes,
  });
}
