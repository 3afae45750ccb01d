// A KV namespace on a store and a clock of its own.

import { noWorkers } from "../../../bindings/no-workers.ts";
import { processDirectory } from "../../../../preset/process-directory.ts";
import type { KvNamespace } from "../../../../runtime/bindings/kv/namespace.ts";
import { kv } from "../../../../runtime/bindings/kv/index.ts";
import type { KvStorage } from "../../../../runtime/bindings/kv/storage.ts";
import { WorldClock } from "../../../../runtime/clock/world-clock.ts";
import { createRandom } from "../../../../runtime/random.ts";
import { createThrowawayStore } from "../../../../runtime/store/throwaway.ts";

/** The object that worker code has, with the resource behind it; `reopen` opens that anew from the store. */
export interface OpenKv {
  readonly clock: WorldClock;
  readonly KV: KvNamespace;
  readonly storage: KvStorage;
  /** How many rows are in the store, expired ones too. */
  rows(): number;
  reopen(): void;
  close(): void;
}

/** Opens it; `close` removes everything. */
export function openKv(): OpenKv {
  const clock = new WorldClock({
    onError(error) {
      throw error;
    },
  });
  const store = createThrowawayStore(() => processDirectory(undefined));
  store.tables(kv.kind, kv.tables ?? []);
  const random = createRandom("kv");
  const open = (): KvStorage =>
    kv.open({ id: "kv", definitions: [], store, clock, random, workers: noWorkers });
  let storage = open();
  const definition = { worker: "test", id: "kv", name: "KV", options: null };
  return {
    clock,
    KV: kv.expose(() => storage, definition),
    get storage() {
      return storage;
    },
    rows() {
      return store.data.prepare("SELECT * FROM kv_entries").all().length;
    },
    reopen() {
      storage = open();
    },
    close() {
      clock.close();
      store.close();
    },
  };
}
