// The world's time: real time plus an offset. Every wait of a binding is an event in its queue.

/** An event in the queue of due events, until it fired or was cancelled. */
export interface Scheduled {
  cancel(): void;
}

/** The one clock of a world. */
export interface Clock {
  /** The world's time, in ms since the epoch. */
  now(): number;
  /**
   * Runs `event` once when the world's time reaches `time` (ms since the epoch); a time in the past runs at the next
   * turn. Never runs it synchronously, and always from a macrotask (law 5). `label` names it in errors and reports.
   *
   * `advanceTime` goes on to the next event when the promise that it gives has settled, or while an event of a worker
   * is parked.
   */
  at(time: number, label: string, event: () => void | Promise<void>): Scheduled;
}

/** What is due, for reports. */
export interface DueReport {
  /** Ms since the epoch. */
  readonly time: number;
  readonly label: string;
}
