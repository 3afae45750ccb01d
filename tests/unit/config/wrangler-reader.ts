// Reads configurations with wrangler itself. It runs as a process of its own, once for all cases,
// because wrangler is 15 MB that change globals: `bun wrangler-reader.ts <cases.json>
// <results.json>`.

import { readFileSync, writeFileSync } from "node:fs";

export interface ReaderCase {
  readonly title?: string;
  /** The file; undefined searches upward from `directory`. */
  readonly config?: string;
  readonly directory?: string;
  readonly env?: string;
  readonly processEnv?: Readonly<Record<string, string>>;
}

export type ReaderResult =
  | {
      readonly config: Readonly<Record<string, unknown>>;
      /** Variable name to type and value, as `wrangler dev` gives them to a worker. */
      readonly vars: Readonly<Record<string, { type: string; value: unknown }>>;
    }
  | { readonly error: string };

interface Wrangler {
  unstable_readConfig(
    args: { config?: string | undefined; env?: string | undefined },
    options: { hideWarnings: boolean; useRedirectIfAvailable: boolean },
  ): Record<string, unknown> & { vars: Record<string, unknown> };
  unstable_getVarsForDev(
    configPath: unknown,
    envFiles: undefined,
    vars: Record<string, unknown>,
    env: string | undefined,
    silent: boolean,
    secrets: unknown,
  ): Record<string, { type: string; value: unknown }>;
}

if (import.meta.main) {
  const [input = "", output = ""] = process.argv.slice(2);
  const cases = JSON.parse(readFileSync(input, "utf8")) as ReaderCase[];
  const wrangler = require("wrangler") as Wrangler;
  const results = cases.map((one): ReaderResult => {
    process.env = { ...one.processEnv };
    if (one.directory !== undefined) process.chdir(one.directory);
    try {
      return read(wrangler, one);
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  });
  writeFileSync(output, JSON.stringify(results));
}

function read(wrangler: Wrangler, { config: path, env }: ReaderCase): ReaderResult {
  const config = wrangler.unstable_readConfig(
    { config: path, env },
    { hideWarnings: true, useRedirectIfAvailable: true },
  );
  const environment = env ?? process.env["CLOUDFLARE_ENV"];
  const vars = wrangler.unstable_getVarsForDev(
    config["userConfigPath"],
    undefined,
    config.vars,
    environment === "" ? undefined : environment,
    true,
    config["secrets"],
  );
  return { config, vars };
}

/** Runs wrangler over all cases. */
export function readWithWrangler(cases: readonly ReaderCase[], folder: string): ReaderResult[] {
  const [input, output] = [`${folder}/cases.json`, `${folder}/results.json`];
  writeFileSync(input, JSON.stringify(cases));
  const { CLOUDFLARE_ENV: _, ...env } = process.env;
  const child = Bun.spawnSync([process.execPath, import.meta.path, input, output], {
    // Wrangler writes its logs and asks for updates otherwise.
    env: { ...env, WRANGLER_SEND_METRICS: "false", WRANGLER_LOG: "none", NODE_ENV: "" },
    cwd: folder,
  });
  if (child.exitCode !== 0) throw new Error(child.stderr.toString());
  return JSON.parse(readFileSync(output, "utf8")) as ReaderResult[];
}
