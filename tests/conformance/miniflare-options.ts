// Wrangler's configuration keys as miniflare's options. The mapping is wrangler's own, so that a recording sees what
// `wrangler dev` would run. Runs under Node: neither wrangler nor miniflare is loaded by Bun.

import { readFileSync } from "node:fs";
import { convertV4MiniflareOptions, Log, LogLevel } from "miniflare";
import type { MiniflareOptions, V4WorkerOptions } from "miniflare";
import { unstable_getMiniflareWorkerOptions as readOptions } from "wrangler";
import type { Job } from "./workerd.ts";
import type { WrittenWorker } from "./wrangler-config.ts";

/** Options for a fresh instance without persistence; the first worker is the one that requests go to. */
export function miniflareOptions(job: Job): MiniflareOptions {
  const all = job.workers.flatMap((worker): V4WorkerOptions[] => {
    const { workerOptions, externalWorkers } = readAlone(job, worker.configFile);
    const contents = readFileSync(worker.main, "utf8");
    const own: V4WorkerOptions = {
      ...workerOptions,
      name: worker.name,
      modules: [{ type: "ESModule", path: "main.js", contents }, ...otherModules(worker)],
    };
    return [own, ...externalWorkers];
  });
  return convertV4MiniflareOptions({
    workers: all,
    log: new Log(LogLevel.ERROR),
    // Recordings must not depend on the network: miniflare would fetch `request.cf` otherwise.
    cf: false,
  });
}

function otherModules({ modules = [] }: WrittenWorker) {
  return modules.map(({ path, file, type }) => ({ type, path, contents: readFileSync(file) }));
}

// No part of the machine's environment gets into a recording: while wrangler reads, there is only the script's.
function readAlone({ environment, processEnv }: Job, configFile: string) {
  const { env } = process;
  process.env = { ...processEnv };
  try {
    return readOptions(configFile, environment);
  } finally {
    process.env = env;
  }
}
