// Steps that are recorded inside a Durable Object: its storage and its `ctx` cannot leave it. The object runs a named part
// of the script and answers with the steps.

import { DurableObject } from "cloudflare:workers";
import { createRecorder } from "../../../steps.ts";
import type { Recorder } from "../../../steps.ts";
import type { Step } from "../../../transcript.ts";

/** What a part of a script has inside the object. */
export interface Inside extends Recorder {
  readonly ctx: DurableObjectState;
  readonly storage: DurableObjectStorage;
  readonly env: unknown;
}

export type Parts = Readonly<Record<string, (inside: Inside) => Promise<void>>>;

/** The base of a class whose objects run the parts; a request's path names the part. */
export function subject(parts: Parts) {
  return class Base extends DurableObject {
    override async fetch(request: Request): Promise<Response> {
      const name = new URL(request.url).pathname.slice(1);
      const part = parts[name];
      if (part === undefined) return new Response(`no part "${name}"`, { status: 404 });
      const recorder = createRecorder(this.env);
      await part({ ...recorder, ctx: this.ctx, storage: this.ctx.storage, env: this.env });
      return Response.json(recorder.steps);
    }
  };
}

/** Runs a part in an object and gives its steps. */
export async function stepsOf(stub: Fetcher, part: string): Promise<Step[]> {
  const response = await stub.fetch(`http://object/${part}`);
  if (response.status !== 200) throw new Error(await response.text());
  return response.json();
}

/** The configuration of one class with SQLite storage, bound as `OBJECTS`. */
export function configOf(className: string): Record<string, unknown> {
  return {
    durable_objects: { bindings: [{ name: "OBJECTS", class_name: className }] },
    migrations: [{ tag: "v1", new_sqlite_classes: [className] }],
  };
}
