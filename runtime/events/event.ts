// One delivery to a worker. It is in flight until its handler and its background work (`waitUntil`) have settled, and over
// when nothing that it has given away is held any more either: a body that is being sent, a stub, a WebSocket. What it
// left running on the clock ends with it. Plain promise code that goes on (after a call that nobody awaited) cannot be
// stopped here as workerd does; it starts no more timers. What an actor's event leaves running belongs to the actor.
// https://developers.cloudflare.com/workers/runtime-apis/context/#waituntil

import type { Section } from "../actors/input-gate.ts";
import type { ClockWait } from "../clock/wait.ts";
import { context } from "../context.ts";
import type { Owner } from "../owner.ts";
import type { Worker } from "../worker/worker.ts";

/** What holds back the code of an event that has waited for something outside: the input gate of its actor. */
export interface EventGate {
  /** The id of the Durable Object that the actor is; null for other actors. */
  readonly objectId: string | null;
  /**
   * Resolves, from a macrotask, when code of the critical section `from` may go on; to false when it is to end there.
   */
  enter(from: Section | null): Promise<boolean>;
  /**
   * Runs `work` of `event` when the gate lets it in, and gives what it gives once what it wrote is safe. Fails at once when
   * the actor ends.
   */
  deliver<T>(event: WorkerEvent, work: () => T | Promise<T>): Promise<T>;
  /** Gives an answer to the calling code, when that may go on; never, when it is to end there. */
  receive<T>(answer: Promise<T>): Promise<T>;
  /** Whether a critical section keeps everything else out. */
  readonly isHeld: boolean;
  /** Whether something is about to enter. */
  readonly isBusy: boolean;
  /**
   * Gives what takes the platform several turns and workerd none (cryptography): nothing enters before the code that waits
   * for it has gone on.
   */
  hold<T>(work: Promise<T>): Promise<T>;
  /** When messages may leave: after what was written before them is safe; null for at once. */
  readonly whenConfirmed: Promise<void> | null;
}

/** An event in flight. */
export class WorkerEvent {
  readonly label: string;
  readonly worker: Worker;
  readonly owner: Owner;
  /** Null for an event that no actor handles. */
  readonly gate: EventGate | null;
  /** Whether code of it has run. */
  hasStarted = false;
  /** Whether a warning has named it: it held up what caused it. */
  wasReported = false;
  /** Waits for real input and output (fetch, cryptography) that it has open: time stands still for them. */
  ioWaits = 0;
  /** The event whose code caused this one, and may be waiting for it. */
  readonly parent: WorkerEvent | null = context.get()?.event ?? null;
  /** Its handler and its background work that have not settled. */
  #work = 0;
  /** What keeps it from being over besides. */
  #holds = 0;
  #waits: Set<ClockWait> | null = null;
  #belongings: Set<Disposable> | null = null;
  readonly #background = new Set<Promise<unknown>>();
  readonly #errors: unknown[] = [];
  #isAbandoned = false;

  constructor(label: string, worker: Worker, owner: Owner, gate: EventGate | null = null) {
    this.label = label;
    this.worker = worker;
    this.owner = owner;
    this.gate = gate;
  }

  /** Called when a piece of its work starts: it is in flight until all have ended. */
  begin(): void {
    if (this.#work++ === 0) this.owner.world().events.add(this);
  }

  /** Called when a piece of its work has ended. */
  end(): void {
    if (--this.#work > 0) return;
    if (!this.#isAbandoned) this.owner.world().events.delete(this);
    if (this.isOver) this.#close();
  }

  /** Keeps it from being over: something of it is in use elsewhere. It is not in flight for that. */
  hold(): void {
    this.#holds++;
  }

  /** Takes back one `hold`. */
  release(): void {
    this.#holds--;
    if (this.isOver) this.#close();
  }

  /** Whether nothing of it goes on: code of it that still runs waits for nothing any more. */
  get isOver(): boolean {
    return this.#work === 0 && this.#holds === 0 && this.gate === null;
  }

  /** Waits on the clock that its code has open: when only these are left, it is parked. */
  get clockWaits(): number {
    return this.#waits?.size ?? 0;
  }

  /** Takes a wait on the clock, which is cancelled when the event is over. */
  addWait(wait: ClockWait): void {
    (this.#waits ??= new Set()).add(wait);
  }

  /** Forgets a wait that has ended. */
  deleteWait(wait: ClockWait): void {
    this.#waits?.delete(wait);
  }

  /** Takes what came from elsewhere and is disposed at the latest when the event is over; an actor keeps its own. */
  adopt(thing: Disposable): void {
    if (this.gate === null && !this.isOver) (this.#belongings ??= new Set()).add(thing);
  }

  /** Takes work that goes on after the answer; its rejection belongs to the owner of the event. */
  waitUntil(work: unknown): void {
    const promise: Promise<unknown> = Promise.resolve(work).then(
      () => this.#settle(promise),
      (error: unknown) => {
        this.#errors.push(error);
        this.#settle(promise);
      },
    );
    this.#background.add(promise);
    this.begin();
    this.owner.addBackground(this);
  }

  /** Whether background work of it goes on. */
  get hasBackground(): boolean {
    return this.#background.size > 0;
  }

  /** Forgets its work: the actor that did it is no more. */
  abandon(): void {
    if (this.#isAbandoned) return;
    this.#isAbandoned = true;
    if (this.#work > 0) this.owner.world().events.delete(this);
    if (!this.hasBackground) return;
    this.#background.clear();
    this.owner.endBackground(this);
  }

  /** Resolves when all background work, also what it adds itself, has settled. Never rejects. */
  async settled(): Promise<void> {
    while (this.#background.size > 0) await Promise.all(this.#background);
  }

  /** Removes and gives the errors of its background work. */
  takeErrors(): unknown[] {
    return this.#errors.splice(0);
  }

  #close(): void {
    const [waits, belongings] = [this.#waits, this.#belongings];
    this.#waits = null;
    this.#belongings = null;
    waits?.forEach((wait) => wait.cancel());
    belongings?.forEach((thing) => thing[Symbol.dispose]());
  }

  #settle(promise: Promise<unknown>): void {
    if (this.#isAbandoned) return;
    this.#background.delete(promise);
    this.end();
    if (this.#background.size === 0) this.owner.endBackground(this);
  }
}
