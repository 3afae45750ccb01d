// `ctx.storage`.
// https://developers.cloudflare.com/durable-objects/api/sqlite-storage-api/

import { BunflareError } from "../../../errors.ts";
import {
  illegalConstructor,
  illegalInvocation,
  isObject,
  wrongParameter,
} from "../../../platform/arguments.ts";
import { platformClass } from "../../../platform/class.ts";
import { lazyProperties } from "../lazy-properties.ts";
import { deleteAll } from "./delete-all.ts";
import type { StorageHost } from "./host.ts";
import * as operations from "./operations.ts";
import { type Call, settle } from "./operations.ts";
import { checkOptions } from "./options.ts";
import { SqlStorage } from "./sql.ts";
import { SyncKvStorage } from "./sync-kv.ts";
import { DurableObjectTransaction, Transaction } from "./transaction.ts";

const NAME = "DurableObjectStorage";

type Closure = (transaction: DurableObjectTransaction) => unknown;

/** See the head of the file. */
export class DurableObjectStorage {
  readonly #host: StorageHost;
  declare readonly kv: SyncKvStorage;
  declare readonly sql: SqlStorage;

  constructor(host: StorageHost) {
    if (!isObject(host)) throw illegalConstructor();
    this.#host = host;
    lazyProperties(this, { kv: () => new SyncKvStorage(host), sql: () => new SqlStorage(host) });
  }

  get(...args: unknown[]): Promise<unknown> {
    const host = DurableObjectStorage.#of(this);
    return settle(() => operations.get(callOf(host, "get", args)));
  }

  getAlarm(...args: unknown[]): Promise<number | null> {
    const host = DurableObjectStorage.#of(this);
    return settle(() => operations.getAlarm(callOf(host, "getAlarm", args)));
  }

  list(...args: unknown[]): Promise<Map<string, unknown>> {
    const host = DurableObjectStorage.#of(this);
    return settle(() => operations.list(callOf(host, "list", args)));
  }

  put(...args: unknown[]): Promise<void> {
    const host = DurableObjectStorage.#of(this);
    return settle(() => operations.put(callOf(host, "put", args)));
  }

  setAlarm(...args: unknown[]): Promise<void> {
    const host = DurableObjectStorage.#of(this);
    return settle(() => operations.setAlarm(callOf(host, "setAlarm", args)));
  }

  deleteAlarm(...args: unknown[]): Promise<void> {
    const host = DurableObjectStorage.#of(this);
    return settle(() => operations.deleteAlarm(callOf(host, "deleteAlarm", args)));
  }

  // Throws at once, as workerd's does.
  delete(...args: unknown[]): Promise<boolean | number> {
    const host = DurableObjectStorage.#of(this);
    return Promise.resolve(operations.remove(callOf(host, "delete", args)));
  }

  deleteAll(...args: unknown[]): Promise<void> {
    const host = DurableObjectStorage.#of(this);
    return settle(() => {
      checkOptions(args[0], { on: NAME, name: "deleteAll" }, 1, "PutOptions");
      host.check();
      deleteAll(host);
    });
  }

  transaction(...args: unknown[]): Promise<unknown> {
    const host = DurableObjectStorage.#of(this);
    return settle(() => {
      const closure = closureOf(args, "transaction");
      host.check();
      return runTransaction(host, closure);
    });
  }

  transactionSync(...args: unknown[]): unknown {
    const host = DurableObjectStorage.#of(this);
    const closure = closureOf(args, "transactionSync") as () => unknown;
    host.check();
    return host.database.transactionSync(() => closure());
  }

  async sync(): Promise<void> {
    const host = DurableObjectStorage.#of(this);
    host.check();
    await host.confirm();
  }

  getCurrentBookmark(): Promise<never> {
    return Promise.reject(noRecovery("getCurrentBookmark"));
  }

  getBookmarkForTime(): Promise<never> {
    return Promise.reject(noRecovery("getBookmarkForTime"));
  }

  onNextSessionRestoreBookmark(): Promise<never> {
    return Promise.reject(noRecovery("onNextSessionRestoreBookmark"));
  }

  static #of(self: unknown): StorageHost {
    if (isObject(self) && #host in self) return self.#host;
    throw illegalInvocation();
  }
}

platformClass(DurableObjectStorage);

function callOf(host: StorageHost, name: string, args: readonly unknown[]): Call {
  return { host, method: { on: NAME, name }, args, check: () => host.check() };
}

function closureOf(args: readonly unknown[], name: string): Closure {
  const [closure] = args;
  if (typeof closure !== "function") throw wrongParameter(NAME, name, 1, "function");
  return closure as Closure;
}

// An error of the closure ends the transaction only; one of the block would end the object.
async function runTransaction(host: StorageHost, closure: Closure): Promise<unknown> {
  const outcome = await host.block(async () => {
    const transaction = new Transaction(host);
    try {
      const value = await closure(new DurableObjectTransaction(transaction));
      transaction.end("commit");
      return { value };
    } catch (error) {
      host.check();
      transaction.end("rollback");
      return { error };
    }
  });
  if ("error" in outcome) throw outcome.error;
  return outcome.value;
}

function noRecovery(method: string): BunflareError {
  return new BunflareError("binding_unsupported", {
    what: `storage.${method}() was called`,
    why: "bunflare does not simulate point-in-time recovery",
  });
}
