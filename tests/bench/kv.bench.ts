// What a KV operation costs over the SQL that it cannot do without: a prepared statement on a table of keys and values,
// in an open transaction of a `:memory:` database.

import { Database } from "bun:sqlite";
import { processDirectory } from "../../preset/process-directory.ts";
import { kv } from "../../runtime/bindings/kv/index.ts";
import { WorldClock } from "../../runtime/clock/world-clock.ts";
import { createRandom } from "../../runtime/random.ts";
import { createThrowawayStore } from "../../runtime/store/throwaway.ts";
import { noWorkers } from "../bindings/no-workers.ts";
import { medianRatio } from "./ratio.ts";

const KEYS = Array.from({ length: 1000 }, (_, i) => `user:${i}`);
const ROUND_OPERATIONS = 20_000;

/** How many times as long as the raw statement `put` and `get` of a short text take. */
export async function kvRatio(): Promise<{ put: number; get: number }> {
  const ours = openKv();
  const raw = openRaw();
  const put = await medianRatio(
    ROUND_OPERATIONS,
    (i) => ours.put(keyOf(i), "value"),
    (i) => raw.put.run(keyOf(i), "value"),
  );
  const get = await medianRatio(
    ROUND_OPERATIONS,
    (i) => ours.get(keyOf(i)),
    (i) => raw.get.get(keyOf(i)),
  );
  return { put, get };
}

function keyOf(i: number): string {
  return KEYS[i % KEYS.length] ?? "";
}

function openKv() {
  const clock = new WorldClock({ onError: (error) => console.error(error) });
  const store = createThrowawayStore(() => processDirectory(undefined));
  store.tables(kv.kind, kv.tables ?? []);
  const random = createRandom("1");
  const workers = noWorkers;
  const storage = kv.open({ id: "kv", definitions: [], store, clock, random, workers });
  return kv.expose(() => storage, { worker: "bench", id: "kv", name: "KV", options: null });
}

function openRaw() {
  const database = new Database(":memory:");
  database.run("CREATE TABLE entries (key TEXT PRIMARY KEY, value TEXT); BEGIN");
  return {
    put: database.query("INSERT OR REPLACE INTO entries VALUES (?, ?)"),
    get: database.query("SELECT value FROM entries WHERE key = ?"),
  };
}
