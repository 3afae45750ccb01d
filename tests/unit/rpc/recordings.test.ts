// The conformance scripts of RPC, run over the loopback instead of service bindings: what workerd did, this core does.

import { expect, mock, test } from "bun:test";
import { entrypointNames, RpcTarget } from "../../../runtime/rpc/members.ts";
import type { Target } from "../../../runtime/rpc/target.ts";
import { listScripts, loadScript, readRecording } from "../../conformance/catalog.ts";
import { compare } from "../../conformance/compare.ts";
import { runPath } from "../../conformance/script.ts";
import type { Transcript } from "../../conformance/transcript.ts";
import { createLoopback } from "./loopback.ts";

class WorkerEntrypoint {
  readonly ctx: unknown;
  readonly env: unknown;
  constructor(ctx: unknown, env: unknown) {
    this.ctx = ctx;
    this.env = env;
  }
}

type Entrypoint = (new (ctx: unknown, env: unknown) => object) | object;
interface Service {
  binding: string;
  entrypoint: string;
}

function target(entrypoint: Entrypoint, env: object): object | Target {
  if (typeof entrypoint === "function") return Reflect.construct(entrypoint, [{}, env]) as object;
  const ctx = { waitUntil: () => undefined };
  return { object: entrypoint, own: true, reserved: entrypointNames, handlerArguments: [env, ctx] };
}

// These are about the platform's classes more than about RPC, and need its globals.
const needGlobals = ["rpc-web"];

for (const entry of listScripts("rpc-")) {
  if (needGlobals.includes(entry.id)) continue;
  test(`${entry.id} does what workerd does`, async () => {
    const recording = readRecording(entry);
    if (recording === null) throw new Error(`${entry.id} is not recorded`);
    const now = recording.compatibilityDate >= "2026-04-21";
    const { rpc, service } = createLoopback({ enhancedErrors: now });
    mock.module("cloudflare:workers", () => ({ RpcTarget, WorkerEntrypoint, ...rpc }));
    const module = await loadScript(entry);
    const exports = (await import(entry.file)) as Record<string, object>;
    const services = (module.script.config?.["services"] ?? []) as Service[];
    const env: Record<string, unknown> = {};
    for (const { binding, entrypoint } of services) {
      const found = exports[entrypoint];
      if (found === undefined) throw new Error(`${entry.id} exports no ${entrypoint}`);
      env[binding] = service(() => target(found, env));
    }
    const response = await module.fetch(new Request(`https://conformance.test${runPath}`), env, {});
    expect(compare(recording, (await response.json()) as Transcript)).toEqual([]);
  });
}
