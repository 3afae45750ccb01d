// Pipelines: `pipelines` in the configuration. Records are kept, so that tests can look at them.
// https://developers.cloudflare.com/pipelines/streams/writing-to-streams/

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { defineBinding } from "../binding.ts";
import type { Definition, Plain, Use } from "../binding.ts";
import { list } from "../config/read.ts";
import type { WorkerConfig } from "../config/types.ts";
import { BunflareError } from "../errors.ts";
import { illegalConstructor, illegalInvocation, isObject } from "../platform/arguments.ts";
import { platformClass } from "../platform/class.ts";

const tables = [
  `CREATE TABLE pipeline_records (
    id INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    record TEXT NOT NULL
  );
  CREATE INDEX pipeline_records_by_stream ON pipeline_records (stream)`,
];

function parse(config: WorkerConfig): readonly Definition<null>[] {
  return list(config, "pipelines").map((entry) => {
    // The older name of the key.
    const pipeline = entry.optionalString("pipeline");
    const stream = entry.optionalString("stream") || pipeline || entry.string("stream");
    return { worker: config.name, id: stream, name: entry.string("binding"), options: null };
  });
}

/** The records of a stream, as JSON, in the order in which they were sent. */
class Stream {
  readonly #name: string;
  readonly #write: StatementSync;
  readonly #read: StatementSync;

  constructor(name: string, data: DatabaseSync) {
    this.#name = name;
    this.#write = data.prepare("INSERT INTO pipeline_records (stream, record) VALUES (?, ?)");
    this.#read = data.prepare("SELECT record FROM pipeline_records WHERE stream = ? ORDER BY id");
  }

  send(records: readonly string[]): void {
    for (const record of records) this.#write.run(this.#name, record);
  }

  records(): readonly Plain[] {
    const rows = this.#read.all(this.#name) as unknown as { record: string }[];
    return rows.map(({ record }) => JSON.parse(record) as Plain);
  }
}

/** What worker code gets; a service behind RPC in workerd, and called what that is. */
export class Fetcher {
  readonly #use: Use<Stream>;

  constructor(use: Use<Stream>) {
    if (typeof use !== "function") throw illegalConstructor();
    this.#use = use;
  }

  /** Sends a list of objects that have JSON. */
  async send(records: unknown): Promise<void> {
    if (!isObject(this) || !(#use in this)) throw illegalInvocation();
    const stream = this.#use();
    if (!Array.isArray(records)) throw notRecords(records);
    stream.send(records.map(toJson));
  }
}

platformClass(Fetcher);

function toJson(record: unknown): string {
  if (!isObject(record)) throw notRecords(record);
  const json: string | undefined = JSON.stringify(record);
  if (json === undefined) throw notRecords(record);
  return json;
}

// Cloudflare documents that anything else is an error, but not its words; the local simulator takes everything.
function notRecords(given: unknown): BunflareError {
  return new BunflareError("usage", {
    what: `a pipeline was sent ${Bun.inspect(given)}`,
    why: "send() takes a list of objects that can be serialised as JSON",
  });
}

export const pipelines = defineBinding<null, Stream, Fetcher, readonly Plain[]>({
  kind: "pipelines",
  keys: ["pipelines"],
  tables,
  parse,
  open: ({ id, store }) => new Stream(id, store.data),
  expose: (use) => new Fetcher(use),
  inspect: (stream) => stream.records(),
  seed: (stream, records) => stream.send(records.map((record) => JSON.stringify(record))),
});
