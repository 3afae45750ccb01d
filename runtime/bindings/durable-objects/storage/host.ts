// What the storage's API needs from the object that it belongs to.

import type { Alarm } from "./alarm.ts";
import type { ObjectDatabase } from "./database.ts";
import type { Entries } from "./entries.ts";
import type { Sql } from "./sql.ts";

/** The storage of one object, in one of its lives. */
export interface StorageHost {
  readonly database: ObjectDatabase;
  readonly entries: Entries;
  readonly alarm: Alarm;
  /** Null for a class whose storage has no SQL. */
  readonly sql: Sql | null;
  /** Whether the object has an `alarm()` method. */
  readonly hasAlarmHandler: boolean;
  readonly deleteAllDeletesAlarm: boolean;
  /** The world's time, in ms since the epoch. */
  now(): number;
  /** Throws what ended the life: nothing may be read or written any more. */
  check(): void;
  /** Keeps everything else out of the object while `body` runs. */
  block<T>(body: () => Promise<T>): Promise<T>;
  /** Resolves when everything that was written is safe, and the calling code may go on. */
  confirm(): Promise<void>;
}
