// The alarms of one namespace: rows in our own tables that `open` arms again (law 2), delivered through the objects, and
// delivered again after failures.
// https://developers.cloudflare.com/durable-objects/api/alarms/

import type { StatementSync } from "node:sqlite";
import type { Context } from "../../binding.ts";
import type { Scheduled } from "../../clock/clock.ts";
import type { Owner } from "../../owner.ts";
import { platformClass } from "../../platform/class.ts";
import type { DurableObjectOptions } from "./config.ts";
import type { DurableObjectId } from "./ids.ts";
import type { DurableObject } from "./object.ts";
import type { Objects } from "./objects.ts";

/** The first retry comes after this; each further one after twice the time. */
const RETRY_MS = 2000;
const RETRIES_MAX = 6;

/** How one run of an alarm ended. */
export interface AlarmRun {
  /** The name of the class. */
  readonly namespace: string;
  readonly id: string;
  /** Null for an object without one. */
  readonly name: string | null;
  /** The time that was set, in ms since the epoch. */
  readonly scheduledTime: number;
  readonly outcome: "ok" | "exception";
  /** What the handler threw. */
  readonly error?: unknown;
}

/** An alarm that is due at some time. */
export interface PendingAlarm {
  readonly id: string;
  readonly due: number;
}

interface Row {
  readonly id: string;
  readonly name: string | null;
  readonly alarm: number | null;
  readonly due: number | null;
  readonly attempts: number;
}

/** What an alarm handler gets. */
export class AlarmInvocationInfo {
  readonly scheduledTime: number;
  readonly retryCount: number;
  readonly isRetry: boolean;

  constructor(scheduledTime: number, retryCount: number) {
    this.scheduledTime = scheduledTime;
    this.retryCount = retryCount;
    this.isRetry = retryCount > 0;
  }
}
platformClass(AlarmInvocationInfo);

/** See the head of the file. */
export class Alarms {
  readonly #context: Context<DurableObjectOptions>;
  readonly #objects: Objects;
  readonly #row: StatementSync;
  readonly #write: StatementSync;
  readonly #armed = new Map<string, Scheduled>();
  /** The alarms in the rows, as far as they were looked up; undefined where there is no row. */
  readonly #known = new Map<string, number | null | undefined>();
  /** Gets the runs, and with them the errors, which fail the test otherwise. */
  collector: ((run: AlarmRun) => void) | null = null;

  constructor(context: Context<DurableObjectOptions>, objects: Objects) {
    this.#context = context;
    this.#objects = objects;
    const { data } = context.store;
    this.#row = data.prepare("SELECT * FROM durable_objects WHERE namespace = ? AND id = ?");
    this.#write = data.prepare(
      "INSERT INTO durable_objects (namespace, id, name, alarm, due) VALUES (?, ?, ?, ?, ?) " +
        "ON CONFLICT DO UPDATE SET alarm = excluded.alarm, due = excluded.due, attempts = 0",
    );
    for (const { id, due } of this.pending()) this.#arm(id, due);
  }

  /** All alarms, the first one first. */
  pending(): PendingAlarm[] {
    const rows = this.#context.store.data
      .prepare(
        "SELECT id, due FROM durable_objects WHERE namespace = ? AND due IS NOT NULL ORDER BY due, id",
      )
      .all(this.#context.id);
    return rows as unknown as PendingAlarm[];
  }

  /** Ids of all objects that have ever committed something. */
  list(): DurableObjectId[] {
    const rows = this.#context.store.data
      .prepare("SELECT id, name FROM durable_objects WHERE namespace = ? ORDER BY id")
      .all(this.#context.id) as unknown as Pick<Row, "id" | "name">[];
    return rows.map(({ id, name }) => this.#objects.ids.restore(id, name ?? undefined));
  }

  /** The id with the name that it was known by. */
  restore(hex: string): DurableObjectId {
    return this.#objects.ids.restore(hex, this.#find(hex)?.name ?? undefined);
  }

  /** Called when an object has committed something, perhaps another alarm. */
  update(object: DurableObject): void {
    const { id, alarm } = object;
    const hex = id.toString();
    const time = alarm.stored;
    // The row may tell of a retry that is due later.
    if (!this.#known.has(hex)) this.#known.set(hex, this.#find(hex)?.alarm);
    if (this.#known.get(hex) === time && !alarm.wasSet) return;
    alarm.wasSet = false;
    this.#write.run(this.#context.id, hex, id.name ?? null, time, time);
    this.#known.set(hex, time);
    this.#arm(hex, time);
  }

  /** Runs an alarm now, whenever it is due; null when there is none any more. */
  async run(hex: string): Promise<AlarmRun | null> {
    const row = this.#find(hex);
    if (row === undefined || row.alarm === null) return null;
    this.#armed.get(hex)?.cancel();
    this.#armed.delete(hex);
    const owner = this.#objects.owner();
    const object = this.#objects.object(this.#objects.ids.restore(hex, row.name ?? undefined));
    const failure = await this.#deliver(object, owner, row.alarm, row.attempts);
    if (failure === "cancelled") return null;
    const { className: namespace } = this.#objects;
    const { alarm: scheduledTime, name } = row;
    const base = { namespace, id: hex, name, scheduledTime };
    if (failure === null) return { ...base, outcome: "ok" };
    this.#retry(object, row);
    return { ...base, outcome: "exception", error: failure.error };
  }

  /** Disarms everything. */
  close(): void {
    for (const scheduled of this.#armed.values()) scheduled.cancel();
    this.#armed.clear();
  }

  #find(hex: string): Row | undefined {
    return this.#row.get(this.#context.id, hex) as Row | undefined;
  }

  #arm(hex: string, due: number | null): void {
    this.#armed.get(hex)?.cancel();
    this.#armed.delete(hex);
    if (due === null) return;
    const label = `an alarm of ${this.#objects.className}`;
    this.#armed.set(
      hex,
      this.#context.clock.at(due, label, () => this.#due(hex)),
    );
  }

  async #due(hex: string): Promise<void> {
    const owner = this.#objects.owner();
    const run = await this.run(hex);
    if (run === null) return;
    if (this.collector !== null) this.collector(run);
    else if (run.outcome === "exception") owner.fail(run.error);
  }

  async #deliver(
    object: DurableObject,
    owner: Owner,
    time: number,
    attempts: number,
  ): Promise<null | "cancelled" | { error: unknown }> {
    const { alarm } = object;
    try {
      return await object.deliver(owner, "the alarm", async (instance) => {
        // Set to another time, or deleted, before its turn came.
        if (alarm.stored !== time) return "cancelled";
        alarm.beginRun(time);
        let outcome: "ok" | "exception" = "exception";
        try {
          await runHandler(instance, new AlarmInvocationInfo(time, attempts));
          outcome = "ok";
          return null;
        } catch (error) {
          return { error };
        } finally {
          alarm.endRun(outcome);
        }
      });
    } catch (error) {
      // The object broke on the way.
      return { error };
    }
  }

  #retry({ alarm, database }: DurableObject, { id, alarm: time, attempts }: Row): void {
    // The handler has set another one, which stays, or deleted this one.
    if (alarm.stored !== time || alarm.wasSet) return;
    if (attempts >= RETRIES_MAX) {
      alarm.set(null);
      return database.commit();
    }
    const due = this.#context.clock.now() + RETRY_MS * 2 ** attempts;
    this.#context.store.data
      .prepare("UPDATE durable_objects SET due = ?, attempts = ? WHERE namespace = ? AND id = ?")
      .run(due, attempts + 1, this.#context.id, id);
    this.#arm(id, due);
  }
}

function runHandler(
  instance: Readonly<Record<string, unknown>>,
  info: AlarmInvocationInfo,
): unknown {
  const { alarm } = instance;
  if (typeof alarm !== "function") throw new Error("Handler does not export a alarm() function.");
  return Reflect.apply(alarm, instance, [info]);
}
