// SQL's time functions on users' databases, once time was moved: `now` is the world's, everything else SQLite's own. Each
// function asks the function of the same name on a plain connection, with `now` replaced by a text of that moment.
// https://www.sqlite.org/lang_datefunc.html

import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import type { WorldClock } from "./world-clock.ts";

type Value = SQLInputValue;

/**
 * Functions with a time value, by how many arguments come before it. SQLite calls them deterministic, which keeps a
 * schema with an index or a generated column on one of them usable. (It also refuses `now` in such places when rows are
 * written; we cannot see where we are called from, and do not.)
 */
const FUNCTIONS: Readonly<Record<string, number>> = {
  date: 0,
  time: 0,
  datetime: 0,
  julianday: 0,
  unixepoch: 0,
  strftime: 1,
};

/** Functions without arguments, and what they are short for. SQLite does not call them deterministic. */
const CURRENT: Readonly<Record<string, string>> = {
  current_timestamp: "datetime",
  current_date: "date",
  current_time: "time",
};

/** The SQL time of one world. */
export class SqlTime {
  readonly #clock: WorldClock;
  readonly #followed = new WeakSet<DatabaseSync>();
  readonly #statements = new Map<string, StatementSync>();
  #plain: DatabaseSync | null = null;
  #now: string | null = null;
  #nowMoves = 0;

  constructor(clock: WorldClock) {
    this.#clock = clock;
  }

  /** Replaces the functions of a database; doing so twice is fine. */
  follow(database: DatabaseSync): void {
    if (this.#followed.has(database)) return;
    this.#followed.add(database);
    // As bigint, a whole number keeps its type both ways.
    const options = { useBigIntArguments: true } as const;
    for (const [name, before] of Object.entries(FUNCTIONS)) {
      database.function(name, { ...options, deterministic: true, varargs: true }, (...args) =>
        this.#ask(name, this.#withNow(args, before)),
      );
    }
    database.function("timediff", { ...options, deterministic: true }, (a: Value, b: Value) =>
      this.#ask("timediff", [this.#moment(a), this.#moment(b)]),
    );
    for (const [name, long] of Object.entries(CURRENT)) {
      database.function(name, options, () => this.#ask(long, [this.#current()]));
    }
  }

  close(): void {
    this.#statements.clear();
    this.#plain?.close();
    this.#plain = null;
  }

  #ask(name: string, args: Value[]): Value {
    const key = `${name}/${args.length}`;
    let statement = this.#statements.get(key);
    if (statement === undefined) {
      statement = this.#prepare(name, args.length);
      this.#statements.set(key, statement);
    }
    const [value] = statement.get(...args) as unknown as [Value];
    return value;
  }

  #prepare(name: string, count: number): StatementSync {
    if (this.#plain === null) {
      const { DatabaseSync } = require("node:sqlite") as typeof import("node:sqlite");
      this.#plain = new DatabaseSync("");
    }
    const statement = this.#plain.prepare(`SELECT ${name}(${Array(count).fill("?").join(", ")})`);
    statement.setReadBigInts(true);
    statement.setReturnArrays(true);
    return statement;
  }

  #withNow(args: Value[], before: number): Value[] {
    if (args.length < before) return args;
    if (args.length === before) return [...args, this.#current()];
    const value = args[before] as Value;
    const moment = this.#moment(value);
    const rest = args.slice(before + 1);
    // Fractions count from the beginning: "utc" drops them where it converts. "auto" must be the first modifier.
    if (isSubsecond(value)) rest.splice(isText(rest[0] ?? null, "auto") ? 1 : 0, 0, value);
    return [...args.slice(0, before), moment, ...rest];
  }

  #moment(value: Value): Value {
    return isText(value, "now") || isSubsecond(value) ? this.#current() : value;
  }

  /**
   * The world's time as SQLite reads it, in UTC and with milliseconds. Within one turn it stays the same: a statement has
   * one `now` for all its rows.
   */
  #current(): string {
    const { moves } = this.#clock;
    if (this.#now !== null && this.#nowMoves === moves) return this.#now;
    const now = new Date(this.#clock.now()).toISOString();
    this.#now = now;
    this.#nowMoves = moves;
    queueMicrotask(() => {
      this.#now = null;
    });
    return now;
  }
}

/** As a time value it is now, with its fraction. */
function isSubsecond(value: Value): boolean {
  return isText(value, "subsec") || isText(value, "subsecond");
}

function isText(value: Value, word: string): boolean {
  if (typeof value === "string") {
    return value.length === word.length && value.toLowerCase() === word;
  }
  // SQLite reads a blob as text.
  return value instanceof Uint8Array && value.length === word.length && isText(decode(value), word);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
