// The database of one object with its transactions (decision 7). The first write of a turn begins one, which is committed
// before anything else happens to the object: so writes of a turn succeed or fail together, and what an object that
// breaks has written last is lost.
// https://developers.cloudflare.com/durable-objects/reference/in-memory-state/

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { native } from "../../../clock/native.ts";

/** What a database tells its object. */
export interface DatabaseEvents {
  /** Something is written that is not safe yet. */
  onWrite(): void;
  /** Everything is safe. */
  onCommit(): void;
  /** It could not be made safe, and is lost. */
  onCommitFailed(error: unknown): void;
}

/** See the head of the file. */
export class ObjectDatabase {
  readonly #open: () => DatabaseSync;
  readonly #events: DatabaseEvents;
  readonly #statements = new Map<string, StatementSync>();
  #handle: DatabaseSync | null = null;
  /** Tables of ours that are known to be there, or not. */
  readonly #tables = new Map<string, boolean>();
  #depth = 0;
  #isScheduled = false;
  /** Changes with each rollback: then nothing that was read before is certain. */
  generation = 0;

  /** `open` gives the open handle; it is asked again and again, because the store may close handles that are idle. */
  constructor(open: () => DatabaseSync, events: DatabaseEvents) {
    this.#open = open;
    this.#events = events;
  }

  /** How many `transaction()`s are open, one inside the other. */
  get depth(): number {
    return this.#depth;
  }

  get handle(): DatabaseSync {
    const handle = this.#open();
    if (handle !== this.#handle) {
      this.#handle = handle;
      this.#statements.clear();
      this.#tables.clear();
    }
    return handle;
  }

  /** A statement of ours, prepared once. */
  statement(sql: string): StatementSync {
    const { handle } = this;
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = handle.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  /** Whether a table of ours exists; each is made when it is first written to, as on workerd. */
  hasTable(name: string): boolean {
    const { handle } = this;
    const known = this.#tables.get(name);
    if (known !== undefined) return known;
    const row = handle.prepare("SELECT 1 FROM sqlite_master WHERE name = ?").get(name);
    this.#tables.set(name, row !== undefined);
    return row !== undefined;
  }

  /** Makes a table of ours unless it exists. */
  createTable(name: string, columns: string): void {
    if (this.hasTable(name)) return;
    this.handle.exec(`CREATE TABLE ${name} (${columns}) WITHOUT ROWID`);
    this.#tables.set(name, true);
  }

  /** Drops what is known of the content, after somebody else changed it. */
  forget(): void {
    this.#tables.clear();
    this.generation++;
  }

  /** Tells that something was written and is safe already. */
  changed(): void {
    this.#events.onCommit();
  }

  /** Must be called before anything is written. */
  beforeWrite(): void {
    const { handle } = this;
    if (!handle.isTransaction) this.statement("BEGIN").run();
    if (this.#isScheduled || this.#depth > 0) return;
    this.#isScheduled = true;
    this.#events.onWrite();
    // In the turn after this one, if nothing else happens to the object before.
    native.setImmediate(() => this.commit());
  }

  /** Commits what was written in the turn that is over. */
  commit(): void {
    if (!this.#isScheduled) return;
    this.#isScheduled = false;
    try {
      // OR ROLLBACK and RAISE(ROLLBACK) have ended it already.
      if (this.handle.isTransaction) this.statement("COMMIT").run();
    } catch (error) {
      this.rollback();
      return this.#events.onCommitFailed(error);
    }
    this.#events.onCommit();
  }

  /** Forgets everything that was not committed. */
  rollback(): void {
    this.#isScheduled = false;
    this.#depth = 0;
    if (this.#handle?.isTransaction === true) this.#handle.exec("ROLLBACK");
    this.forget();
  }

  /** Runs `work` in a savepoint: all or nothing. */
  transactionSync<T>(work: () => T): T {
    this.beforeWrite();
    const { handle } = this;
    handle.exec("SAVEPOINT _cf_sync");
    try {
      const result = work();
      handle.exec("RELEASE _cf_sync");
      return result;
    } catch (error) {
      if (handle.isTransaction) handle.exec("ROLLBACK TO _cf_sync; RELEASE _cf_sync");
      this.forget();
      throw error;
    }
  }

  /** Begins a transaction that goes over several turns; inside another one it is part of that. */
  begin(): void {
    if (this.#depth === 0) {
      this.commit();
      this.handle.exec("BEGIN");
      this.#events.onWrite();
    } else {
      this.handle.exec(`SAVEPOINT _cf_depth_${this.#depth}`);
    }
    this.#depth++;
  }

  /** Ends the innermost transaction that `begin` began. */
  end(outcome: "commit" | "rollback"): void {
    const { handle } = this;
    this.#depth--;
    if (outcome === "rollback") this.forget();
    if (this.#depth > 0) {
      const name = `_cf_depth_${this.#depth}`;
      if (outcome === "rollback") handle.exec(`ROLLBACK TO ${name}`);
      handle.exec(`RELEASE ${name}`);
      return;
    }
    try {
      if (handle.isTransaction) handle.exec(outcome === "commit" ? "COMMIT" : "ROLLBACK");
    } catch (error) {
      this.rollback();
      this.#events.onCommitFailed(error);
      throw error;
    }
    this.#events.onCommit();
  }
}
