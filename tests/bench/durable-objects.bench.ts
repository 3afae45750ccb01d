// What a call of a Durable Object costs: turns of the event loop, which is what law 5 makes it wait for, and time over the
// write that it does; and what moving time over alarms costs.

import { DatabaseSync } from "node:sqlite";
import { openObjects, TestObject } from "../unit/bindings/durable-objects/open-objects.ts";

const ALARMS = 1000;
const ROUNDS = 9;

class Bench extends TestObject {
  nothing(): number {
    return 1;
  }
  async write(): Promise<void> {
    await this.state.storage.put("key", "value");
  }
  async set(time: number): Promise<void> {
    await this.state.storage.setAlarm(time);
  }
  async alarm(): Promise<void> {
    await this.state.storage.put("rung", 1);
  }
}

/** Turns of the event loop from the call of a method to its answer: of one that does nothing, and of one that writes. */
export async function durableObjectTurns(): Promise<{ nothing: number; write: number }> {
  using opened = openObjects(Bench);
  const stub = opened.stub("bench");
  // The first call makes the instance.
  await stub["write"]?.();
  return {
    nothing: await turnsOf(() => stub["nothing"]?.()),
    write: await turnsOf(() => stub["write"]?.()),
  };
}

async function turnsOf(call: () => unknown): Promise<number> {
  let turns = 0;
  let isOver = false;
  const count = (): void => {
    turns++;
    if (!isOver) setImmediate(count);
  };
  // Counted first in each turn.
  setImmediate(count);
  await call();
  isOver = true;
  return turns;
}

/**
 * How many times as long as the writes alone, each in a transaction of its own, moving time over 1 000 alarms with a write
 * each takes.
 */
export async function alarmRatio(): Promise<number> {
  using opened = openObjects(Bench);
  const { clock } = opened.world;
  clock.stop(Date.parse("2026-12-24T18:00:00Z"));
  const stubs = Array.from({ length: ALARMS }, (_, i) => opened.stub(`bench ${i}`));
  const raw = Array.from({ length: ALARMS }, rawWrite);
  const ratios: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const start = clock.now();
    await Promise.all(stubs.map((stub, i) => stub["set"]?.(start + (i + 1) * 60_000)));
    const ours = await timeOf(() => opened.advance(() => start + (ALARMS + 1) * 60_000));
    const theirs = await timeOf(() => raw.forEach((write) => write()));
    // The first round warms both up.
    if (round > 0) ratios.push(ours / theirs);
  }
  return ratios.sort((a, b) => a - b)[ROUNDS >> 1] ?? Number.NaN;
}

// A database for each, as each object has one.
function rawWrite(): () => void {
  const database = new DatabaseSync("");
  database.exec("PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF");
  database.exec("CREATE TABLE rows (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID");
  const [begin, commit] = [database.prepare("BEGIN"), database.prepare("COMMIT")];
  const insert = database.prepare("INSERT OR REPLACE INTO rows VALUES (?, ?)");
  return () => {
    begin.run();
    insert.run("rung", Uint8Array.of(255, 15, 73, 2));
    commit.run();
  };
}

async function timeOf(work: () => unknown): Promise<number> {
  const start = Bun.nanoseconds();
  await work();
  return Bun.nanoseconds() - start;
}
