// What a KV operation costs over the SQL that it cannot do without: a prepared statement on a table of keys and values,
// in an open transaction of a `:memory:` database.

import { Database } from "bun:sqlite";
import { processDirectory } from "../../preset/process-directory.ts";
import { kv } from "../../runtime/bindings/kv/index.ts";
import { WorldClock } from "../../runtime/clock/world-clock.ts";
import { createRandom } from "../../runtime/random.ts";
import { createThrowawayStore } from "../../runtime/store/throwaway.ts";

const KEYS = Array.from({ length: 1000 }, (_, i) => `user:${i}`);
const ROUNDS = 9;
const ROUND_OPERATIONS = 20_000;

/** How many times as long as the raw statement `put` and `get` of a short text take. */
export async function kvRatio(): Promise<{ put: number; get: number }> {
  const ours = openKv();
  const raw = openRaw();
  const times = { put: [] as number[], get: [] as number[] };
  // Both sides in turn, so that a busy machine slows both.
  for (let round = 0; round < ROUNDS; round++) {
    const put = await timeAwaited((key) => ours.put(key, "value"));
    times.put.push(put / time((key) => void raw.put.run(key, "value")));
    const get = await timeAwaited((key) => ours.get(key));
    times.get.push(get / time((key) => void raw.get.get(key)));
  }
  return { put: median(times.put), get: median(times.get) };
}

function openKv() {
  const clock = new WorldClock({ onError: (error) => console.error(error) });
  const store = createThrowawayStore(() => processDirectory(undefined));
  store.tables(kv.kind, kv.tables ?? []);
  const storage = kv.open({ id: "kv", definitions: [], store, clock, random: createRandom("1") });
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

function time(operation: (key: string) => void): number {
  const start = Bun.nanoseconds();
  for (let i = 0; i < ROUND_OPERATIONS; i++) operation(KEYS[i % KEYS.length] ?? "");
  return Bun.nanoseconds() - start;
}

async function timeAwaited(operation: (key: string) => Promise<unknown>): Promise<number> {
  const start = Bun.nanoseconds();
  for (let i = 0; i < ROUND_OPERATIONS; i++) await operation(KEYS[i % KEYS.length] ?? "");
  return Bun.nanoseconds() - start;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
