// Analytics Engine: `analytics_engine_datasets` in the configuration. Data points are kept, so that tests can look at them.
// The checks are workerd's own, which its local simulator leaves out, with the limits that are documented.
// https://developers.cloudflare.com/analytics/analytics-engine/limits/

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { defineBinding } from "../binding.ts";
import type { Definition, Use } from "../binding.ts";
import { list } from "../config/read.ts";
import type { WorkerConfig } from "../config/types.ts";
import {
  illegalConstructor,
  illegalInvocation,
  isObject,
  toNumber,
  toOptions,
  toText,
  wrongField,
  wrongParameter,
} from "../platform/arguments.ts";
import { byteLength, bytesOf, decode, isBytes, throughUtf8 } from "../platform/bytes.ts";
import { platformClass } from "../platform/class.ts";

/** A blob or an index: text, bytes that are no text as hex, or null for a place that is left out. */
export type Blob = string | { readonly bytes: string } | null;

/** A data point; numbers that are not finite are null. */
export type DataPoint = {
  readonly indexes: readonly Blob[];
  readonly blobs: readonly Blob[];
  readonly doubles: readonly (number | null)[];
};

const MAX_VALUES = 20;
const MAX_INDEXES = 1;
const MAX_INDEX_BYTES = 96;
const MAX_BLOBS_BYTES = 16 * 1024;

const CLASS = "AnalyticsEngine";
const EVENT = "AnalyticsEngineEvent";

const tables = [
  `CREATE TABLE analytics_points (
    id INTEGER PRIMARY KEY,
    dataset TEXT NOT NULL,
    point TEXT NOT NULL
  );
  CREATE INDEX analytics_points_by_dataset ON analytics_points (dataset)`,
];

function parse(config: WorkerConfig): readonly Definition<null>[] {
  return list(config, "analytics_engine_datasets").map((entry) => {
    const name = entry.string("binding");
    return { worker: config.name, id: entry.string("dataset", name), name, options: null };
  });
}

/** The points of a dataset, as JSON, in the order in which they were written. */
class Dataset {
  readonly #name: string;
  readonly #write: StatementSync;
  readonly #read: StatementSync;

  constructor(name: string, data: DatabaseSync) {
    this.#name = name;
    this.#write = data.prepare("INSERT INTO analytics_points (dataset, point) VALUES (?, ?)");
    this.#read = data.prepare("SELECT point FROM analytics_points WHERE dataset = ? ORDER BY id");
  }

  write(point: DataPoint): void {
    this.#write.run(this.#name, JSON.stringify(point));
  }

  points(): readonly DataPoint[] {
    const rows = this.#read.all(this.#name) as unknown as { point: string }[];
    return rows.map(({ point }) => JSON.parse(point) as DataPoint);
  }
}

/** What worker code gets. */
export class AnalyticsEngine {
  readonly #use: Use<Dataset>;

  constructor(use: Use<Dataset>) {
    if (typeof use !== "function") throw illegalConstructor();
    this.#use = use;
  }

  /** Writes a data point; there is nothing to wait for. */
  writeDataPoint(...args: unknown[]): void {
    if (!isObject(this) || !(#use in this)) throw illegalInvocation();
    this.#use().write(readPoint(args[0]));
  }
}

platformClass(AnalyticsEngine);

function readPoint(given: unknown): DataPoint {
  const point = toOptions<"indexes" | "blobs" | "doubles">(given, () =>
    wrongParameter(CLASS, "writeDataPoint", 1, EVENT),
  );
  // First all fields are converted, then they are checked; each in workerd's order.
  const indexes = readList(point?.indexes, "indexes", readBlob);
  const doubles = readList(point?.doubles, "doubles", toNumber);
  const blobs = readList(point?.blobs, "blobs", readBlob);
  checkCount(indexes, "indexes", MAX_INDEXES);
  if (indexes.some((index) => sizeOf(index) > MAX_INDEX_BYTES)) {
    throw refused(`Size of indexes[0] exceeds ${MAX_INDEX_BYTES} bytes).`);
  }
  checkCount(blobs, "blobs", MAX_VALUES);
  if (blobs.reduce((sum, blob) => sum + sizeOf(blob), 0) > MAX_BLOBS_BYTES) {
    throw refused(`Cumulative size of blobs exceeds ${MAX_BLOBS_BYTES} bytes).`);
  }
  checkCount(doubles, "doubles", MAX_VALUES);
  return { indexes, blobs, doubles };
}

function readList<T>(
  given: unknown,
  field: "indexes" | "blobs" | "doubles",
  read: (value: unknown) => T,
): readonly T[] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) throw wrongField(field, EVENT, "Array");
  return Array.from(given, read);
}

function readBlob(value: unknown): Blob {
  if (value === undefined || value === null) return null;
  if (!isBytes(value)) return throughUtf8(toText(value));
  const bytes = bytesOf(value);
  const text = decode(bytes);
  return Buffer.compare(Buffer.from(text), bytes) === 0 ? text : { bytes: bytes.toHex() };
}

function sizeOf(blob: Blob): number {
  if (blob === null) return 0;
  return typeof blob === "string" ? byteLength(blob) : blob.bytes.length / 2;
}

function checkCount(values: readonly unknown[], field: string, limit: number): void {
  if (values.length > limit) throw refused(`Maximum of ${limit} ${field} supported.`);
}

function refused(why: string): TypeError {
  return new TypeError(`writeDataPoint(): ${why}`);
}

export const analyticsEngine = defineBinding<null, Dataset, AnalyticsEngine, readonly DataPoint[]>({
  kind: "analytics-engine",
  keys: ["analytics_engine_datasets"],
  tables,
  parse,
  open: ({ id, store }) => new Dataset(id, store.data),
  expose: (use) => new AnalyticsEngine(use),
  inspect: (dataset) => dataset.points(),
  seed(dataset, points) {
    for (const point of points) dataset.write(point);
  },
});
