// What `wrangler deploy` would upload for a worker: its code, and the modules that its rules make of other files.

import { mkdirSync, readdirSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import type { WranglerKeys } from "./script.ts";
import type { ModuleFile, WrittenWorker } from "./wrangler-config.ts";

const modules = join(import.meta.dir, "../../node_modules");

/** A bundle: the main module's file, and all others. */
export interface Bundle {
  main: string;
  modules: ModuleFile[];
}

/** Bundles a worker with wrangler into a directory. Throws with wrangler's output when it does not build. */
export function bundleWithWrangler(
  { configFile, main }: WrittenWorker,
  { rules = [] }: { rules?: unknown } & WranglerKeys,
  directory: string,
): Bundle {
  mkdirSync(directory, { recursive: true });
  const wrangler = join(modules, "wrangler/bin/wrangler.js");
  const options = ["deploy", "--dry-run", "--config", configFile, "--outdir", directory];
  const { exitCode, stdout, stderr } = Bun.spawnSync(
    [join(modules, ".bin/node"), wrangler, ...options],
    {
      cwd: dirname(configFile),
      env: { ...process.env, WRANGLER_SEND_METRICS: "false" },
      stderr: "pipe",
    },
  );
  if (exitCode !== 0) throw new Error(`wrangler did not build ${main}:\n${stdout}\n${stderr}`);
  const mainFile = `${basename(main, extname(main))}.js`;
  return {
    main: join(directory, mainFile),
    // Beside them is a page about the directory.
    modules: readdirSync(directory)
      .filter((file) => file !== mainFile && file !== "README.md" && !file.endsWith(".map"))
      .map((file) => ({ path: file, file: join(directory, file), type: typeOf(file, rules) })),
  };
}

interface Rule {
  type: ModuleFile["type"];
  globs: string[];
}

const defaults: Rule[] = [
  { type: "Text", globs: ["**/*.txt", "**/*.html", "**/*.sql"] },
  { type: "Data", globs: ["**/*.bin"] },
  { type: "CompiledWasm", globs: ["**/*.wasm"] },
];

function typeOf(file: string, rules: unknown): ModuleFile["type"] {
  const rule = [...(rules as Rule[]), ...defaults].find(({ globs }) =>
    globs.some((glob) => new Bun.Glob(glob).match(file)),
  );
  if (rule === undefined) throw new Error(`${file}: no rule is about it`);
  return rule.type;
}
