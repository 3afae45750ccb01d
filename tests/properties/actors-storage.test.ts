// The storage of an object against the simplest model of one, a Map: random events that write, nest transactions, roll
// back, throw, synchronise and break the object, with a new life after any of them.

import { expect, test } from "bun:test";
import fc from "fast-check";
import type { DurableObjectTransaction } from "../../runtime/bindings/durable-objects/storage/transaction.ts";
import { openObjects, TestObject } from "../unit/bindings/durable-objects/open-objects.ts";

type Key = "a" | "b" | "c";

type Action =
  | { readonly kind: "put" | "putSync"; readonly key: Key; readonly value: number }
  | { readonly kind: "delete"; readonly key: Key }
  | { readonly kind: "deleteAll" | "sync" | "alarm" }
  | { readonly kind: "insert"; readonly value: number }
  | {
      readonly kind: "transaction" | "transactionSync";
      readonly end: "commit" | "rollback" | "throw";
      readonly actions: readonly Action[];
    };

interface Event {
  readonly actions: readonly Action[];
  readonly end: "return" | "throw" | "abort";
  readonly thenClose: boolean;
}

const keys = fc.constantFrom<Key>("a", "b", "c");
const values = fc.integer({ min: 0, max: 9 });
const simple = fc.oneof(
  fc.record({
    kind: fc.constantFrom("put" as const, "putSync" as const),
    key: keys,
    value: values,
  }),
  fc.record({ kind: fc.constant("delete" as const), key: keys }),
  fc.record({ kind: fc.constant("insert" as const), value: values }),
  fc.record({ kind: fc.constant("alarm" as const) }),
);
const ends = fc.constantFrom("commit" as const, "rollback" as const, "throw" as const);
const { action } = fc.letrec<{ action: Action }>((tie) => ({
  action: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    simple as fc.Arbitrary<Action>,
    fc.record({
      kind: fc.constantFrom("transaction" as const, "transactionSync" as const),
      end: ends,
      actions: fc.array(tie("action"), { maxLength: 4 }),
    }) as fc.Arbitrary<Action>,
  ),
}));
const whole = fc.oneof(
  { weight: 5, arbitrary: action },
  { weight: 1, arbitrary: fc.constantFrom<Action>({ kind: "deleteAll" }, { kind: "sync" }) },
);
const events = fc.array(
  fc.record<Event>({
    actions: fc.array(whole, { maxLength: 5 }),
    end: fc.constantFrom("return", "throw", "abort"),
    thenClose: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
);

const FAR = 4102444800000;

class Subject extends TestObject {
  async run(text: string): Promise<void> {
    const { actions, end } = JSON.parse(text) as Event;
    for (const each of actions) await this.#do(each);
    if (end === "throw") throw new Error("thrown");
    if (end === "abort") this.state.abort("aborted");
  }

  async dump(): Promise<string> {
    const { storage } = this.state;
    const tables = storage.sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'rows'").toArray();
    const rows = tables.length === 0 ? [] : storage.sql.exec("SELECT value FROM rows").raw();
    const entries = [...((await storage.list()) as Map<string, unknown>)];
    return JSON.stringify([entries, [...rows].flat(), await storage.getAlarm()]);
  }

  async #do(each: Action): Promise<unknown> {
    const { storage } = this.state;
    switch (each.kind) {
      case "transaction":
        return storage
          .transaction((txn: DurableObjectTransaction) => this.#inside(each, txn))
          .catch(ignoreThrown);
      case "sync":
        return storage.sync();
      case "deleteAll":
        return storage.deleteAll();
      default:
        return this.#doSync(each);
    }
  }

  async #inside(
    { actions, end }: Extract<Action, { end: unknown }>,
    txn: DurableObjectTransaction,
  ): Promise<void> {
    for (const each of actions) await this.#do(each);
    if (end === "throw") throw new Error("thrown");
    if (end === "rollback") txn.rollback();
  }

  #doSync(each: Action): void {
    const { storage } = this.state;
    if (each.kind === "put") void storage.put(each.key, each.value);
    if (each.kind === "putSync") storage.kv.put(each.key, each.value);
    if (each.kind === "delete") void storage.delete(each.key);
    if (each.kind === "alarm") void storage.setAlarm(FAR);
    if (each.kind === "insert") {
      storage.sql.exec("CREATE TABLE IF NOT EXISTS rows (value)");
      storage.sql.exec("INSERT INTO rows VALUES (?)", each.value);
    }
    if (each.kind === "transactionSync") this.#insideSync(each);
  }

  // Only what is synchronous can be inside.
  #insideSync({ actions, end }: Extract<Action, { end: unknown }>): void {
    try {
      this.state.storage.transactionSync(() => {
        for (const each of actions) if (each.kind !== "transaction") this.#doSync(each);
        if (end !== "commit") throw new Error("thrown");
      });
    } catch (error) {
      ignoreThrown(error);
    }
  }

  async alarm(): Promise<void> {}
}

function ignoreThrown(error: unknown): void {
  if (String(error) !== "Error: thrown") throw error;
}

/** What the object should have. */
class Model {
  committed = new State();
  current = new State();

  run({ actions, end }: Event): void {
    for (const each of actions) this.#do(each, true);
    if (end === "abort") this.current = this.committed.copy();
    else this.committed = this.current.copy();
  }

  #do(each: Action, isTop: boolean): void {
    const { current } = this;
    switch (each.kind) {
      case "put":
      case "putSync":
        current.entries.set(each.key, each.value);
        return;
      case "delete":
        current.entries.delete(each.key);
        return;
      case "insert":
        current.rows.push(each.value);
        return;
      case "alarm":
        current.alarm = FAR;
        return;
      case "sync":
        this.committed = current.copy();
        return;
      case "deleteAll":
        this.current = new State();
        this.committed = new State();
        return;
      default:
        this.#transact(each, isTop);
    }
  }

  #transact({ kind, end, actions }: Extract<Action, { end: unknown }>, isTop: boolean): void {
    const isRoot = isTop && kind === "transaction";
    // A transaction of its own commits what the turn has written before it, and then itself.
    if (isRoot) this.committed = this.current.copy();
    const before = this.current.copy();
    for (const each of actions) {
      if (kind === "transactionSync" && each.kind === "transaction") continue;
      this.#do(each, false);
    }
    if (end !== "commit") this.current = before;
    if (isRoot) this.committed = this.current.copy();
  }

  dump(): string {
    const { entries, rows, alarm } = this.current;
    return JSON.stringify([[...entries].sort(), rows, alarm]);
  }
}

class State {
  entries = new Map<string, number>();
  rows: number[] = [];
  alarm: number | null = null;

  copy(): State {
    const copy = new State();
    copy.entries = new Map(this.entries);
    copy.rows = [...this.rows];
    copy.alarm = this.alarm;
    return copy;
  }
}

test("an object has what the model has, after every event", async () => {
  await fc.assert(
    fc.asyncProperty(events, async (all) => {
      using opened = openObjects(Subject);
      const model = new Model();
      for (const event of all) {
        model.run(event);
        await opened
          .stub("a")
          ["run"]?.(JSON.stringify(event))
          .catch((error: Error) => {
            if (!/^(thrown|aborted)$/.test(error.message)) throw error;
          });
        if (event.thenClose) opened.world.closeResources();
        expect(await opened.stub("a")["dump"]?.()).toBe(model.dump());
        expect(opened.objects.alarms.pending().length).toBe(model.current.alarm === null ? 0 : 1);
      }
    }),
    { numRuns: 150 },
  );
});
