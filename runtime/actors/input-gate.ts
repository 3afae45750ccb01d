// The input gate of an actor: one thing enters at a time, each from a macrotask of its own (law 5), and nothing enters
// around a critical section (`blockConcurrencyWhile`) but what the section itself waits for.
// https://developers.cloudflare.com/durable-objects/reference/in-memory-state/

import { native } from "../clock/native.ts";

/** Waits to enter. */
interface Waiter {
  enter(): void;
  fail(error: unknown): void;
}

/** A stretch of code that keeps everything else out until it ends; the gate itself is the outermost one. */
export class Section {
  readonly parent: Section | null;
  /** The section inside this one that has begun and not ended. */
  inner: Section | null = null;
  /** Sections that want to begin. They come before everything else. */
  readonly sections: (Waiter & { readonly section: Section })[] = [];
  readonly waiters: Waiter[] = [];
  hasEnded = false;
  /** Told when there is no section left inside. */
  onEmpty: (() => void) | null = null;

  constructor(parent: Section | null) {
    this.parent = parent;
  }
}

/** See the head of the file. */
export class InputGate {
  readonly #root = new Section(null);
  readonly #beforeEntering: () => void;
  #isScheduled = false;
  #held = 0;
  #broken: { readonly error: unknown } | null = null;

  /** `beforeEntering` is called each time before something enters. */
  constructor(beforeEntering: () => void) {
    this.#beforeEntering = beforeEntering;
  }

  /** Whether a critical section has begun and not ended. */
  get isHeld(): boolean {
    return this.#root.inner !== null;
  }

  /** Whether something is about to enter, in one of the next turns. */
  get isBusy(): boolean {
    return this.#isScheduled;
  }

  /**
   * Resolves when the caller may go on; `from` is the section that it belongs to. Rejects with the gate's error once it
   * is broken.
   */
  wait(from: Section | null): Promise<void> {
    return new Promise((enter, fail) => {
      if (this.#broken !== null) return fail(this.#broken.error);
      this.#open(from).waiters.push({ enter, fail });
      this.#schedule();
    });
  }

  /**
   * Runs `body` as a critical section, after those that were started before; never at once. The gate opens again when it
   * has settled, and all sections inside it.
   */
  async block<T>(from: Section | null, body: (section: Section) => T | Promise<T>): Promise<T> {
    const parent = this.#open(from);
    const section = new Section(parent);
    await new Promise<void>((enter, fail) => {
      if (this.#broken !== null) return fail(this.#broken.error);
      parent.sections.push({ section, enter, fail });
      this.#schedule();
    });
    try {
      return await body(section);
    } finally {
      await this.#end(section);
    }
  }

  /** Keeps everything out until the given function is called. */
  hold(): () => void {
    this.#held++;
    return () => {
      this.#held--;
      this.#schedule();
    };
  }

  /** Keeps everything out for good. */
  break(error: unknown): void {
    if (this.#broken !== null) return;
    this.#broken = { error };
    for (let at: Section | null = this.#root; at !== null; at = at.inner) {
      for (const { fail } of [...at.sections.splice(0), ...at.waiters.splice(0)]) fail(error);
      at.onEmpty?.();
    }
  }

  /** The section that code from `from` is held back by now: sections that have ended are their parents. */
  #open(from: Section | null): Section {
    let section = from ?? this.#root;
    while (section.hasEnded && section.parent !== null) section = section.parent;
    return section;
  }

  #innermost(): Section {
    let section = this.#root;
    while (section.inner !== null) section = section.inner;
    return section;
  }

  #schedule(): void {
    if (this.#isScheduled || this.#held > 0 || this.#broken !== null) return;
    const { sections, waiters } = this.#innermost();
    if (sections.length === 0 && waiters.length === 0) return;
    this.#isScheduled = true;
    native.setImmediate(() => this.#admit());
  }

  #admit(): void {
    this.#isScheduled = false;
    if (this.#held > 0 || this.#broken !== null) return;
    const open = this.#innermost();
    const next = open.sections.shift();
    if (next !== undefined) open.inner = next.section;
    const waiter = next ?? open.waiters.shift();
    if (waiter === undefined) return;
    this.#beforeEntering();
    waiter.enter();
    this.#schedule();
  }

  async #end(section: Section): Promise<void> {
    if (this.#broken === null && (section.inner !== null || section.sections.length > 0)) {
      await new Promise<void>((resolve) => {
        section.onEmpty = resolve;
      });
    }
    section.hasEnded = true;
    const { parent } = section;
    if (this.#broken !== null || parent === null) return;
    parent.inner = null;
    // What the section still waits for (its timers) comes back to the code around it.
    parent.waiters.unshift(...section.waiters.splice(0));
    if (parent.sections.length === 0) parent.onEmpty?.();
    this.#schedule();
  }
}
