// The alarm of one object as its storage sees it: a row in its database, so that it is set and rolled back with everything
// else. While the handler runs there is none, unless the handler sets one.
// https://developers.cloudflare.com/durable-objects/api/alarms/

import type { ObjectDatabase } from "./database.ts";

const TABLE = "_cf_METADATA";
const KEY = 1;

/** See the head of the file. */
export class Alarm {
  readonly #database: ObjectDatabase;
  #known: { readonly time: number | null; readonly generation: number } | null = null;
  /** Whether it was set (also to the time that it had) since somebody looked. */
  wasSet = false;
  /** The time whose handler runs. */
  #running: number | null = null;

  constructor(database: ObjectDatabase) {
    this.#database = database;
  }

  /** What `getAlarm()` gives: ms since the epoch, or null. */
  get time(): number | null {
    return this.#running === null ? this.stored : null;
  }

  /** What is in the database, also while the handler runs. */
  get stored(): number | null {
    const { generation } = this.#database;
    if (this.#known?.generation === generation) return this.#known.time;
    const time = this.#read();
    this.#known = { time, generation };
    return time;
  }

  set(time: number | null): void {
    this.#running = null;
    this.wasSet = true;
    if (time === null && this.stored === null) return;
    const database = this.#database;
    database.beforeWrite();
    database.createTable(TABLE, "key INTEGER PRIMARY KEY, value INTEGER");
    database.statement(`INSERT OR REPLACE INTO ${TABLE} VALUES (${KEY}, ?)`).run(time);
    this.#known = { time, generation: database.generation };
  }

  /** Called before the handler runs for `time`. */
  beginRun(time: number): void {
    this.#running = time;
  }

  /** Called after it has run: the alarm is over when it succeeded and set no other one. */
  endRun(outcome: "ok" | "exception"): void {
    if (this.#running === null) return;
    this.#running = null;
    if (outcome === "ok") this.set(null);
  }

  #read(): number | null {
    if (!this.#database.hasTable(TABLE)) return null;
    const row = this.#database.statement(`SELECT value FROM ${TABLE} WHERE key = ${KEY}`).get() as
      { value: number | null } | undefined;
    return row?.value ?? null;
  }
}
