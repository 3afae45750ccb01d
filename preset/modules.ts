// The `cloudflare:*` modules, for the primary worker of each test file.

import { context } from "../runtime/context.ts";
import { currentFile } from "./current-file.ts";
import { patchGlobals } from "./globals.ts";

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

/** The exports of a `cloudflare:*` module for the current file. Throws workerd's error for an unknown one. */
export function cloudflareModule(specifier: string): Record<string, unknown> {
  const file = currentFile();
  if (file === undefined) {
    throw new Error(`"${specifier}" cannot be imported in a preload: it belongs to a test file.`);
  }
  if (specifier !== "cloudflare:workers") throw new Error(`No such module "${specifier}".`);
  patchGlobals();
  // Loaded here: a file that does not import it does not pay for it.
  const { workersModule } = require("../runtime/modules/workers.ts") as typeof import("../runtime/modules/workers.ts");
  // Inside an event it is the env of the worker that handles it.
  return workersModule(() => (context.get()?.event?.worker ?? file.world().primary).env);
}
