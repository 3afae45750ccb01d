// Read, change, write: whatever the events of an object do at once, and however deep their awaits are wrapped, no update
// is lost between a read of the storage and the write that follows it.

import { expect, test } from "bun:test";
import fc from "fast-check";
import { openObjects, TestObject } from "../unit/bindings/durable-objects/open-objects.ts";

/** One event: when it is sent, how deep it wraps each await, and what it waits for before it reads. */
interface Plan {
  /** Turns between the last event and this one. */
  readonly turnsBefore: number;
  readonly depth: number;
  readonly before: "nothing" | "microtasks" | "timer" | "sync" | "section";
  readonly store: "storage" | "transaction";
}

const plans = fc.array(
  fc.record<Plan>({
    turnsBefore: fc.integer({ min: 0, max: 3 }),
    depth: fc.integer({ min: 0, max: 20 }),
    before: fc.constantFrom("nothing", "microtasks", "timer", "sync", "section"),
    store: fc.constantFrom("storage", "transaction"),
  }),
  { minLength: 2, maxLength: 8 },
);

async function wrapped<T>(depth: number, work: () => Promise<T>): Promise<T> {
  return depth === 0 ? work() : wrapped(depth - 1, work);
}

class Counter extends TestObject {
  async increment(plan: unknown): Promise<number> {
    const { depth, before, store } = plan as Plan;
    const { storage } = this.state;
    await this.#wait(before, depth);
    const update = async (): Promise<number> => {
      const n = await wrapped(depth, () => storage.get("n") as Promise<number | undefined>);
      const next = (n ?? 0) + 1;
      await wrapped(depth, () => storage.put("n", next));
      return next;
    };
    if (store === "storage") return update();
    return storage.transaction(update) as Promise<number>;
  }

  async #wait(before: Plan["before"], depth: number): Promise<void> {
    if (before === "microtasks") await wrapped(depth, async () => undefined);
    if (before === "timer") await new Promise((resolve) => setTimeout(resolve, 1));
    if (before === "sync") {
      void this.state.storage.put("other", depth);
      await this.state.storage.sync();
    }
    if (before === "section") {
      await this.state.blockConcurrencyWhile(
        () => new Promise((resolve) => setTimeout(resolve, 1)),
      );
    }
  }
}

test("no update is lost", async () => {
  await fc.assert(
    fc.asyncProperty(plans, async (events) => {
      using opened = openObjects(Counter);
      const stub = opened.stub("counter");
      const results: Promise<unknown>[] = [];
      for (const plan of events) {
        for (let i = 0; i < plan.turnsBefore; i++) await new Promise((go) => void setImmediate(go));
        // Records of fast-check have no prototype, and such objects do not travel.
        results.push(stub["increment"]?.({ ...plan }) as Promise<unknown>);
      }
      const numbers = (await Promise.all(results)) as number[];
      expect(numbers.sort((a, b) => a - b)).toEqual(events.map((_, i) => i + 1));
    }),
    { numRuns: 60 },
  );
});
