// The order of events: random programs of timers, waits, intervals and cancellations, run on the clock and on the
// simplest model of one, a list that is sorted for every step.

import { expect, test } from "bun:test";
import fc from "fast-check";
import { wait } from "../../runtime/clock/wait.ts";
import { context } from "../../runtime/context.ts";
import { WorkerTime } from "../unit/clock/worker-time.ts";

type Action =
  | { readonly kind: "timeout" | "wait" | "due"; readonly ms: number; readonly then: Action[] }
  | {
      readonly kind: "interval";
      readonly ms: number;
      readonly times: number;
      readonly then: Action[];
    }
  | { readonly kind: "cancel"; readonly which: number };

/** What a program runs on. */
interface Machine {
  /** The time since the start. */
  passed(): number;
  timeout(ms: number, then: () => void): () => void;
  interval(ms: number, then: () => void): () => void;
  wait(ms: number, then: () => void): void;
  /** An event of a binding. */
  due(ms: number, then: () => void): () => void;
}

/** Runs a program; each thing that fires is a line of the log. */
class Program {
  readonly log: string[] = [];
  readonly #machine: Machine;
  readonly #cancels: (() => void)[] = [];
  #started = 0;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  start(actions: readonly Action[]): void {
    for (const action of actions) this.#start(action);
  }

  #start(action: Action): void {
    const machine = this.#machine;
    if (action.kind === "cancel") {
      this.#cancels[action.which % Math.max(1, this.#cancels.length)]?.();
      return;
    }
    const name = `${action.kind} ${this.#started++}`;
    const fire = (): void => {
      this.log.push(`${name} at ${machine.passed()}`);
      this.start(action.then);
    };
    if (action.kind === "wait") {
      machine.wait(action.ms, fire);
    } else if (action.kind === "interval") {
      let left = action.times;
      const cancel = machine.interval(action.ms, () => {
        if (--left === 0) cancel();
        fire();
      });
      this.#cancels.push(cancel);
    } else {
      this.#cancels.push(machine[action.kind](action.ms, fire));
    }
  }
}

interface Entry {
  readonly time: number;
  readonly order: number;
  readonly fire: () => void;
}

/** The model. */
class Model implements Machine {
  #now = 0;
  #order = 0;
  #entries: Entry[] = [];

  passed(): number {
    return this.#now;
  }

  timeout(ms: number, then: () => void): () => void {
    const entry: Entry = { time: this.#now + ms, order: this.#order++, fire: then };
    this.#entries.push(entry);
    return () => {
      this.#entries = this.#entries.filter((other) => other !== entry);
    };
  }

  readonly wait = this.timeout;
  readonly due = this.timeout;

  interval(ms: number, then: () => void): () => void {
    let isOn = true;
    let stop = (): void => {};
    const next = (): void => {
      stop = this.timeout(ms, () => {
        then();
        if (isOn) next();
      });
    };
    next();
    return () => {
      isOn = false;
      stop();
    };
  }

  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [first] = this.#entries.sort((a, b) => a.time - b.time || a.order - b.order);
      if (first === undefined || first.time > end) break;
      this.#entries.shift();
      this.#now = first.time;
      first.fire();
    }
    this.#now = end;
  }
}

function clockMachine(time: WorkerTime): Machine {
  const { clock } = time.world;
  return {
    passed: () => time.passed,
    timeout: (ms, then) => {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
    interval: (ms, then) => {
      const timer = setInterval(then, ms);
      return () => clearInterval(timer);
    },
    wait: (ms, then) => void wait(ms).then(then),
    due: (ms, then) => {
      // What it starts shall be on the clock as well.
      const inEvent = context.snapshot();
      const due = clock.at(clock.now() + ms, "due", () => inEvent(then));
      return () => due.cancel();
    },
  };
}

const ms = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constantFrom(0, 10, 20, 1000));
const { program } = fc.letrec<{ program: Action[] }>((tie) => ({
  program: fc.array(
    fc.oneof(
      { maxDepth: 3, depthIdentifier: "program" },
      fc.record({ kind: fc.constant("cancel" as const), which: fc.nat(20) }),
      fc.record({
        kind: fc.constantFrom("timeout" as const, "wait" as const, "due" as const),
        ms,
        then: tie("program"),
      }),
      fc.record({
        kind: fc.constant("interval" as const),
        ms: fc.integer({ min: 1, max: 15 }),
        times: fc.integer({ min: 1, max: 4 }),
        then: tie("program"),
      }),
    ),
    { maxLength: 4 },
  ),
}));
const advances = fc.array(fc.oneof(fc.integer({ min: 0, max: 50 }), fc.constant(2000)), {
  minLength: 1,
  maxLength: 5,
});

test("events fire in the order of the model, in however many steps time moves", async () => {
  using time = new WorkerTime();
  // On a failure fast-check prints the seed, and the program at its smallest.
  await fc.assert(
    fc.asyncProperty(program, advances, async (actions, steps) => {
      time.world.reset();
      const before = time.passed;
      const machine = clockMachine(time);
      const onClock = new Program({ ...machine, passed: () => time.passed - before });
      const model = new Model();
      const onModel = new Program(model);
      await time.begin(() => onClock.start(actions));
      onModel.start(actions);
      for (const step of steps) {
        await time.advance(step);
        model.advance(step);
        expect(onClock.log).toEqual(onModel.log);
      }
    }),
    { numRuns: 500 },
  );
});
