// A worker that shows what its own configuration gives it.

import { WorkerEntrypoint } from "cloudflare:workers";

export default class extends WorkerEntrypoint<Record<string, unknown>> {
  see(...names: string[]): unknown[] {
    return names.map((name) => [name, this.env[name] ?? null]);
  }
  set(name: string, value: unknown): boolean {
    return Reflect.set(this.env, name, value);
  }
}
