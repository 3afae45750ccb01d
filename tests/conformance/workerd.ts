// Runs scripts on workerd through miniflare, under Node: `node workerd.ts jobs.json`. Prints one line,
// `resultMark` and JSON, for each job as it ends; record.ts starts it.

import { readFileSync } from "node:fs";
import { Miniflare } from "miniflare";
import { miniflareOptions } from "./miniflare-options.ts";
import { resultMark } from "./result-mark.ts";
import type { ScriptFacts } from "./script.ts";
import type { Transcript } from "./transcript.ts";
import type { WrittenWorker } from "./wrangler-config.ts";

/** One script to run; `url` is the request that runs it. */
export interface Job extends Pick<ScriptFacts, "environment" | "processEnv"> {
  id: string;
  url: string;
  workers: WrittenWorker[];
  /** Values of secrets_store_secrets, by binding. */
  secrets: Record<string, string>;
}

/** What a line of output holds: the transcript, or why there is none. */
export type JobResult = { id: string; transcript: Transcript } | { id: string; error: string };

const timeoutMs = 60_000;
const concurrency = 2;

async function runJob(job: Job): Promise<JobResult> {
  let miniflare: Miniflare | undefined;
  try {
    miniflare = new Miniflare(miniflareOptions(job));
    await putSecrets(miniflare, job);
    const response = await miniflare.dispatchFetch(job.url, {
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    if (response.status !== 200) return { id: job.id, error: `status ${response.status}: ${text}` };
    return { id: job.id, transcript: JSON.parse(text) as Transcript };
  } catch (error) {
    return {
      id: job.id,
      error: error instanceof Error ? (error.stack ?? String(error)) : String(error),
    };
  } finally {
    await miniflare?.dispose();
  }
}

async function putSecrets(miniflare: Miniflare, job: Job): Promise<void> {
  for (const [binding, value] of Object.entries(job.secrets)) {
    const admin = await miniflare.getSecretsStoreSecretAPI(binding);
    await admin().create(value);
  }
}

async function main(file: string): Promise<void> {
  const jobs = JSON.parse(readFileSync(file, "utf8")) as Job[];
  async function work(): Promise<void> {
    for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
      process.stdout.write(`${resultMark}${JSON.stringify(await runJob(job))}\n`);
    }
  }
  await Promise.all(Array.from({ length: concurrency }, work));
}

const [, , file] = process.argv;
if (file === undefined) throw new Error("usage: node workerd.ts jobs.json");
await main(file);
