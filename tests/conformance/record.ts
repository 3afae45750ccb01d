// `bun run conformance:record [filter]`: runs the scripts on workerd and writes recorded/<area>/<name>.json. Prints
// what changed. Fails, and writes nothing for a script, when the script breaks. With `--check` it writes nothing at
// all and fails when anything has changed.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { plugin } from "bun";
import { listOrphans, listScripts, loadScript, otherMains, readRecording } from "./catalog.ts";
import type { Entry } from "./catalog.ts";
import { changes } from "./changes.ts";
import { formatRecording } from "./format.ts";
import { resultMark } from "./result-mark.ts";
import { runPath } from "./script.ts";
import type { ScriptModule } from "./script.ts";
import { hashSetup, hashSteps } from "./transcript.ts";
import type { Recording } from "./transcript.ts";
import type { Job, JobResult } from "./workerd.ts";
import { bundleWithWrangler } from "./wrangler-bundle.ts";
import type { Bundle } from "./wrangler-bundle.ts";
import { workerName, writeConfig } from "./wrangler-config.ts";

const modules = join(import.meta.dir, "../../node_modules");
const { version: workerd } = JSON.parse(
  readFileSync(join(modules, "workerd/package.json"), "utf8"),
) as { version: string };

// Here a script is only asked for its configuration: of the platform's modules it needs classes to extend, and names.
const platformModules: Record<string, readonly string[]> = {
  "cloudflare:workers": [
    ...["DurableObject", "WorkerEntrypoint", "WorkflowEntrypoint", "RpcTarget", "RpcStub"],
    ...["RpcPromise", "RpcProperty", "ServiceStub", "env", "exports", "waitUntil", "withEnv"],
    ...["withExports", "withEnvAndExports", "abortIsolate", "cache", "tracing"],
  ],
  "cloudflare:workflows": ["NonRetryableError"],
  "cloudflare:email": ["EmailMessage"],
  "cloudflare:sockets": ["connect"],
};
plugin({
  name: "empty cloudflare modules",
  setup(build) {
    for (const [module, names] of Object.entries(platformModules)) {
      const exports = Object.fromEntries(names.map((name) => [name, class {}]));
      build.module(module, () => ({ loader: "object", exports }));
    }
  },
});

async function main(filter: string, check: boolean): Promise<boolean> {
  const directory = mkdtempSync(join(tmpdir(), "conformance-"));
  try {
    const entries = listScripts(filter);
    if (entries.length === 0) throw new Error(`no script has "${filter}" in its id`);
    const scripts = new Map<string, { entry: Entry; module: ScriptModule }>();
    const jobs: Job[] = [];
    for (const entry of entries) {
      const module = await loadScript(entry);
      scripts.set(entry.id, { entry, module });
      jobs.push(await prepare(entry, module, join(directory, entry.id)));
    }
    let good = true;
    const written: string[] = [];
    for await (const result of runOnWorkerd(jobs, directory)) {
      const script = scripts.get(result.id);
      if (script === undefined) continue;
      const recording = toRecording(script.module, result);
      if (recording === null) {
        good = false;
        continue;
      }
      if (!tellChanges(script.entry, recording) && check) good = false;
      if (check) continue;
      save(script.entry, recording);
      written.push(script.entry.recording);
    }
    formatFiles(written);
    for (const orphan of filter === "" && !check ? listOrphans() : []) {
      rmSync(orphan);
      console.log(`removed ${orphan}: its script is gone`);
    }
    return good;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function prepare(entry: Entry, module: ScriptModule, directory: string): Promise<Job> {
  const sources = { [workerName]: entry.file, ...otherMains(entry, module) };
  const bundles: Record<string, Bundle> = {};
  for (const [name, source] of Object.entries(sources)) {
    bundles[name] = isWranglers(module, name)
      ? bundleByWrangler(module, name, { sources, directory: join(directory, "wrangler", name) })
      : await bundleByBun(source, join(directory, "bundles", `${name}.js`));
  }
  const mains = mapValues(bundles, ({ main }) => main);
  const workers = writeConfig(module.script, directory, mains).map((worker, i) => {
    const key = Object.keys(sources)[i] ?? "";
    return { ...worker, modules: bundles[key]?.modules ?? [] };
  });
  return {
    id: entry.id,
    url: `http://${workerName}.test${runPath}`,
    workers,
    ...(module.script.environment !== undefined && { environment: module.script.environment }),
    processEnv: { ...module.script.processEnv },
    secrets: { ...module.script.secrets },
  };
}

function isWranglers({ script }: ScriptModule, name: string): boolean {
  return script.workers?.[name]?.bundler === "wrangler";
}

function bundleByWrangler(
  { script }: ScriptModule,
  name: string,
  { sources, directory }: { sources: Readonly<Record<string, string>>; directory: string },
): Bundle {
  const worker = writeConfig(script, directory, sources).find(
    (each) => each.main === sources[name],
  );
  if (worker === undefined) throw new Error(`${script.id}: there is no worker "${name}"`);
  return bundleWithWrangler(worker, script.workers?.[name]?.config ?? {}, join(directory, "out"));
}

async function bundleByBun(source: string, main: string): Promise<Bundle> {
  mkdirSync(dirname(main), { recursive: true });
  writeFileSync(main, await bundle(source));
  return { main, modules: [] };
}

function mapValues<A, B>(object: Readonly<Record<string, A>>, map: (value: A) => B) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}

async function bundle(source: string): Promise<string> {
  const { outputs } = await Bun.build({
    entrypoints: [source],
    target: "browser",
    format: "esm",
    conditions: ["workerd", "worker"],
    external: ["cloudflare:*", "node:*"],
  });
  const [output] = outputs;
  if (output === undefined) throw new Error(`${source}: nothing was built`);
  return output.text();
}

async function* runOnWorkerd(jobs: readonly Job[], directory: string): AsyncGenerator<JobResult> {
  const file = join(directory, "jobs.json");
  writeFileSync(file, JSON.stringify(jobs));
  const node = Bun.spawn([join(modules, ".bin/node"), join(import.meta.dir, "workerd.ts"), file], {
    stdout: "pipe",
    stderr: "inherit",
    env: { ...process.env, WRANGLER_SEND_METRICS: "false" },
  });
  let rest = "";
  for await (const text of node.stdout.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line.startsWith(resultMark)) yield JSON.parse(line.slice(resultMark.length)) as JobResult;
      else if (/error|warning/i.test(line)) console.log(line);
    }
  }
  if ((await node.exited) !== 0) throw new Error("the Node process that runs workerd failed");
}

/** Prints what a recording changes; whether it changes nothing. */
function tellChanges(entry: Entry, recording: Recording): boolean {
  const before = readRecording(entry);
  for (const line of changes(before, recording)) console.log(line);
  return JSON.stringify(before) === JSON.stringify(recording);
}

function save(entry: Entry, recording: Recording): void {
  mkdirSync(dirname(entry.recording), { recursive: true });
  writeFileSync(entry.recording, formatRecording(recording));
}

function formatFiles(files: readonly string[]): void {
  if (files.length === 0) return;
  const { exitCode, stderr } = Bun.spawnSync([
    process.execPath,
    ...["fmt", "--no-script", "--print-width", "100", ...files],
  ]);
  if (exitCode !== 0) throw new Error(`bun fmt failed: ${stderr.toString()}`);
}

/** The recording of a run; null, after saying why, when the script broke. */
function toRecording({ script }: ScriptModule, result: JobResult): Recording | null {
  if ("error" in result || result.transcript.failure !== undefined) {
    const failure = "error" in result ? result.error : result.transcript.failure;
    console.error(`${result.id}: the script broke on workerd: ${failure}`);
    return null;
  }
  const { id, steps } = result.transcript;
  const flags = script.compatibilityFlags ?? [];
  return {
    id,
    compatibilityDate: script.compatibilityDate,
    ...(flags.length > 0 && { compatibilityFlags: [...flags] }),
    workerd,
    setup: hashSetup(script),
    steps: hashSteps(steps),
    transcript: steps,
  };
}

const args = process.argv.slice(2);
const filter = args.find((arg) => !arg.startsWith("--")) ?? "";
process.exitCode = (await main(filter, args.includes("--check"))) ? 0 : 1;
