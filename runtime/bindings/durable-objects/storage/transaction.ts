// The object that the closure of `storage.transaction()` gets.
// https://developers.cloudflare.com/durable-objects/api/sqlite-storage-api/#transaction

import { illegalConstructor, illegalInvocation, isObject } from "../../../platform/arguments.ts";
import { platformClass } from "../../../platform/class.ts";
import type { StorageHost } from "./host.ts";
import * as operations from "./operations.ts";
import { type Call, settle } from "./operations.ts";

const NAME = "DurableObjectTransaction";

/** See the head of the file. */
export class DurableObjectTransaction {
  readonly #transaction: Transaction;

  constructor(transaction: unknown) {
    if (!(transaction instanceof Transaction)) throw illegalConstructor();
    this.#transaction = transaction;
  }

  get(...args: unknown[]): Promise<unknown> {
    const transaction = DurableObjectTransaction.#of(this);
    return settle(() => operations.get(transaction.call("get", args)));
  }

  getAlarm(...args: unknown[]): Promise<number | null> {
    const transaction = DurableObjectTransaction.#of(this);
    return settle(() => operations.getAlarm(transaction.call("getAlarm", args)));
  }

  list(...args: unknown[]): Promise<Map<string, unknown>> {
    const transaction = DurableObjectTransaction.#of(this);
    return settle(() => operations.list(transaction.call("list", args)));
  }

  put(...args: unknown[]): Promise<void> {
    const transaction = DurableObjectTransaction.#of(this);
    return settle(() => operations.put(transaction.call("put", args)));
  }

  // These throw at once, as workerd's do.

  delete(...args: unknown[]): Promise<boolean | number> {
    const transaction = DurableObjectTransaction.#of(this);
    return Promise.resolve(operations.remove(transaction.call("delete", args)));
  }

  deleteAll(): never {
    DurableObjectTransaction.#of(this);
    throw new Error("Cannot call deleteAll() within a transaction");
  }

  rollback(): void {
    DurableObjectTransaction.#of(this).rollback();
  }

  setAlarm(...args: unknown[]): Promise<void> {
    const transaction = DurableObjectTransaction.#of(this);
    return settle(() => operations.setAlarm(transaction.call("setAlarm", args)));
  }

  deleteAlarm(...args: unknown[]): Promise<void> {
    const transaction = DurableObjectTransaction.#of(this);
    return settle(() => operations.deleteAlarm(transaction.call("deleteAlarm", args)));
  }

  static #of(self: unknown): Transaction {
    if (isObject(self) && #transaction in self) return self.#transaction;
    throw illegalInvocation();
  }
}

platformClass(DurableObjectTransaction);

/** One transaction, from its beginning to its end. */
export class Transaction {
  readonly #host: StorageHost;
  readonly #depth: number;
  #state: "open" | "rolled back" | "committed" = "open";

  constructor(host: StorageHost) {
    this.#host = host;
    host.database.begin();
    this.#depth = host.database.depth;
  }

  call(name: string, args: readonly unknown[]): Call {
    return {
      host: this.#host,
      method: { on: NAME, name },
      args,
      check: () => this.#check(name),
    };
  }

  /** Ends it, unless it was rolled back. */
  end(outcome: "commit" | "rollback"): void {
    if (this.#state === "open") this.#host.database.end(outcome);
    this.#state = "committed";
  }

  rollback(): void {
    if (this.#state === "rolled back") return;
    this.#check("rollback");
    if (this.#host.database.depth !== this.#depth) {
      throw new Error(
        "Cannot roll back an outer transaction while a nested transaction is still running.",
      );
    }
    this.#state = "rolled back";
    this.#host.database.end("rollback");
  }

  #check(name: string): void {
    this.#host.check();
    if (this.#state === "rolled back") {
      throw new Error(`Cannot ${name}() on rolled back transaction`);
    }
    if (this.#state === "committed") {
      throw new Error(
        `Cannot call ${name}() on transaction that has already committed: did you move \`txn\` outside of the closure?`,
      );
    }
  }
}
