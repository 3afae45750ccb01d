// A priority queue of due events: by time, and for equal times in the order in which they were added.

import type { Owner } from "../owner.ts";

/** What an entry carries besides its time. */
export interface DueOptions {
  /** Who scheduled it; null outside of the async context. */
  readonly owner?: Owner | null;
  /** Where the timer was started, for errors. */
  readonly site?: Error | null;
}

/** An entry of the queue. */
export interface Due {
  readonly time: number;
  readonly label: string;
  readonly event: () => void | Promise<void>;
  readonly owner: Owner | null;
  readonly site: Error | null;
  readonly order: number;
  cancelled: boolean;
}

/** A binary heap. Cancelled entries stay in it until they come up. */
export class DueQueue {
  readonly #heap: Due[] = [];
  #added = 0;

  /** Adds an event. */
  add(
    time: number,
    label: string,
    event: () => void | Promise<void>,
    { owner = null, site = null }: DueOptions = {},
  ): Due {
    const order = this.#added++;
    const due: Due = { time, label, event, owner, site, order, cancelled: false };
    this.#heap.push(due);
    this.#up(this.#heap.length - 1);
    return due;
  }

  /** The first event that is not cancelled, or undefined. */
  peek(): Due | undefined {
    while (this.#heap[0]?.cancelled === true) this.#removeFirst();
    return this.#heap[0];
  }

  /** Removes and gives the first event that is due at `time`, or undefined. */
  takeDue(time: number): Due | undefined {
    const first = this.peek();
    if (first === undefined || first.time > time) return undefined;
    this.#removeFirst();
    return first;
  }

  /** Everything not cancelled, in order; for reports. */
  list(): Due[] {
    return this.#heap.filter((due) => !due.cancelled).sort((a, b) => (before(a, b) ? -1 : 1));
  }

  clear(): void {
    this.#heap.length = 0;
  }

  #removeFirst(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#down(0);
  }

  #up(index: number): void {
    const heap = this.#heap;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!swapIfBefore(heap, index, parent)) return;
      index = parent;
    }
  }

  #down(index: number): void {
    const heap = this.#heap;
    for (;;) {
      const left = 2 * index + 1;
      const right = left + 1;
      if (left >= heap.length) return;
      const child = right < heap.length && before(at(heap, right), at(heap, left)) ? right : left;
      if (!swapIfBefore(heap, child, index)) return;
      index = child;
    }
  }
}

function swapIfBefore(heap: Due[], a: number, b: number): boolean {
  const first = at(heap, a);
  const second = at(heap, b);
  if (!before(first, second)) return false;
  heap[a] = second;
  heap[b] = first;
  return true;
}

function before(a: Due, b: Due): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}

function at(heap: Due[], index: number): Due {
  const due = heap[index];
  if (due === undefined) throw new Error("unreachable: the index is inside the heap");
  return due;
}
