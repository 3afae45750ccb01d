// D1Database, D1DatabaseSession and D1PreparedStatement as workers see them: workerd's client, with its class names,
// checks and words. Statements run when they are called, in the order of the calls.
// https://developers.cloudflare.com/d1/worker-api/

import type { Use } from "../../binding.ts";
import { attempt, currentGate, outsideOf } from "../../events/through-gate.ts";
import type { D1Options } from "./config.ts";
import type { Answer, Database, Query, TableAnswer } from "./database.ts";
import type { Outcome } from "../../sql/engine.ts";
import type { Form } from "../../sql/values.ts";
import { missing, notFunction, remote, wrapped } from "./errors.ts";
import { toParam } from "./values.ts";

/** What `exec()` gives. */
export interface D1ExecResult {
  readonly count: number;
  readonly duration: number;
}

/** What `query()` takes. */
interface D1QueryRequest {
  readonly queries: readonly Query[];
  readonly bookmark?: string;
}

/** Which database an object belongs to, and what a call on it does to a session's bookmark. */
interface Connection {
  readonly use: Use<Database>;
  /** Called after each successful call. */
  done(database: Database): void;
}

class WrappedBinding {
  get [Symbol.toStringTag](): string {
    return "WrappedBinding";
  }
}

/** A D1 binding. */
export class D1Database extends WrappedBinding {
  readonly #connection: Connection;
  readonly #options: Pick<D1Options, "hasQuery">;

  constructor(use: Use<Database>, options: Pick<D1Options, "hasQuery">) {
    super();
    this.#connection = { use, done: () => {} };
    this.#options = options;
  }

  prepare(query: string): D1PreparedStatement {
    if (this === undefined) throw missing(this, "#alwaysPrimarySession");
    return new D1PreparedStatement(this.#connection, query);
  }

  async batch(statements: readonly D1PreparedStatement[]): Promise<Answer[]> {
    return outsideOf(() => {
      if (this === undefined) throw missing(this, "#alwaysPrimarySession");
      return runBatch(this.#connection, statements);
    });
  }

  async exec(query: string): Promise<D1ExecResult> {
    return outsideOf(() => {
      if (this === undefined) throw missing(this, "#alwaysPrimarySession");
      return runLines(this.#connection, query);
    });
  }

  withSession(constraintOrBookmark?: string): D1DatabaseSession {
    const given: unknown = constraintOrBookmark;
    if (given !== undefined && given !== null && typeof given !== "string") {
      throw notFunction("constraintOrBookmark?.trim");
    }
    if (this === undefined) throw missing(this, "#fetcher");
    return new D1DatabaseSession(this.#connection.use, given?.trim() || "first-unconstrained");
  }

  /** Sends statements as they are and gives columns and rows apart; only with the flag `d1_binding_jsrpc`. */
  async query(request: D1QueryRequest): Promise<{ results: TableAnswer[]; bookmark?: string }> {
    return outsideOf(() => {
      const database = this.#connection.use();
      if (!this.#options.hasQuery) {
        throw new Error(
          "D1_ERROR: D1Database.query() requires the d1_binding_jsrpc compatibility flag. " +
            "Enable d1_binding_jsrpc before calling query().",
        );
      }
      try {
        const results = database.tables(request.queries);
        const bookmark =
          request.bookmark === undefined ? {} : { bookmark: database.nextBookmark() };
        return { results, ...bookmark };
      } catch (error) {
        throw remote(error);
      }
    });
  }

  /** Only databases of D1's alpha could be dumped. */
  async dump(): Promise<ArrayBuffer> {
    return outsideOf(() => {
      if (this === undefined) throw missing(this, "#alwaysPrimarySession");
      this.#connection.use();
      throw new Error("D1_DUMP_ERROR: Status + 404", { cause: new Error("Status 404") });
    });
  }
}

/** A session: it remembers the newest bookmark that its calls gave. */
export class D1DatabaseSession {
  readonly #connection: Connection;
  #bookmarkOrConstraint: string;

  constructor(use: Use<Database>, bookmarkOrConstraint: string) {
    this.#bookmarkOrConstraint = bookmarkOrConstraint;
    const done = (database: Database): unknown => this._updateBookmark(database.nextBookmark());
    this.#connection = { use, done };
  }

  /** Takes a bookmark if it is newer, and gives the one that holds. */
  _updateBookmark(bookmark: string): string | null {
    const current = this.getBookmark();
    if (current === null || current.localeCompare(bookmark) < 0)
      this.#bookmarkOrConstraint = bookmark;
    return this.getBookmark();
  }

  prepare(sql: string): D1PreparedStatement {
    return new D1PreparedStatement(this.#connection, sql);
  }

  async batch(statements: readonly D1PreparedStatement[]): Promise<Answer[]> {
    return outsideOf(() => runBatch(this.#connection, statements));
  }

  getBookmark(): string | null {
    const value = this.#bookmarkOrConstraint;
    return value === "first-unconstrained" || value === "first-primary" ? null : value;
  }
}

/** A statement with the values bound to it. */
export class D1PreparedStatement {
  readonly #connection: Connection;
  readonly statement: string;
  readonly params: unknown[];

  constructor(connection: Connection, statement: string, params: unknown[] = []) {
    this.#connection = connection;
    this.statement = statement;
    this.params = params;
  }

  bind(...values: unknown[]): D1PreparedStatement {
    for (let i = 0; i < values.length; i++) values[i] = toParam(values[i]);
    if (this === undefined) throw missing(this, "#dbSession");
    return new D1PreparedStatement(this.#connection, this.statement, values);
  }

  async first(colName?: string): Promise<unknown> {
    return outsideOf(() => {
      if (this === undefined) throw missing(this, "statement");
      const [row] = this.#rows("objects").rows as Record<string, unknown>[];
      if (row === undefined) return null;
      if (colName === undefined) return row;
      const value = row[colName];
      if (value === undefined) {
        const cause = new Error("Column not found");
        throw new Error(`D1_COLUMN_NOTFOUND: Column not found (${String(colName)})`, { cause });
      }
      return value;
    });
  }

  async run(): Promise<Answer> {
    if (this === undefined) throw missing(this, "statement");
    return this.#answerOutside();
  }

  async all(): Promise<Answer> {
    if (this === undefined) throw missing(this, "statement");
    return this.#answerOutside();
  }

  async raw(options?: { columnNames?: boolean }): Promise<unknown[]> {
    return outsideOf(() => {
      if (this === undefined) throw missing(this, "statement");
      const { columns, rows } = this.#rows("arrays");
      return options?.columnNames ? [[...columns], ...rows] : rows;
    });
  }

  // Without a closure where no gate waits: the commonest calls.
  #answerOutside(): Answer | Promise<Answer> {
    const gate = currentGate();
    return gate === null ? this.#answer() : gate.receive(attempt(() => this.#answer()));
  }

  #answer(): Answer {
    const { use, done } = this.#connection;
    const database = use();
    try {
      const answer = database.one(this.statement, this.params);
      done(database);
      return answer;
    } catch (error) {
      throw wrapped(error);
    }
  }

  #rows(form: Form): Outcome {
    const { use, done } = this.#connection;
    const database = use();
    try {
      const outcome = database.rows(this.statement, this.params, form);
      done(database);
      return outcome;
    } catch (error) {
      throw wrapped(error);
    }
  }
}

function runBatch({ use, done }: Connection, statements: readonly D1PreparedStatement[]): Answer[] {
  const given: unknown = statements;
  if (given === undefined || given === null) throw missing(given, "map");
  if (!Array.isArray(given)) throw notFunction("statements.map");
  const queries = statements.map((one) => {
    if (one === undefined || one === null) throw missing(one, "statement");
    return { sql: one.statement, params: one.params };
  });
  const database = use();
  try {
    const answers = database.many(queries);
    done(database);
    return answers;
  } catch (error) {
    throw wrapped(error);
  }
}

/** Each line is a statement of its own, whatever stands in it. */
function runLines({ use }: Connection, query: string): D1ExecResult {
  const given: unknown = query;
  if (given === undefined || given === null) throw missing(given, "trim");
  if (typeof given !== "string") throw notFunction("query.trim");
  const lines = given.trim().split("\n");
  const queries = lines.map((sql) => ({ sql, params: undefined }));
  const database = use();
  try {
    const durations = database.durations(queries);
    return { count: durations.length, duration: durations.reduce((sum, each) => sum + each, 0) };
  } catch (error) {
    // Everything is one transaction, and whatever fails, the first line is named.
    throw wrapped(error, "D1_EXEC_ERROR", `Error in line 1: ${lines[0]}: `);
  }
}
