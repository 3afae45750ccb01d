// The platform's own time functions, taken before anything replaces the globals: this module is loaded by whatever
// patches them. The runner's fake timers fake the very same functions, so the clock obeys them.

/** See the head of the file. */
export const native = {
  setTimeout: globalThis.setTimeout,
  setInterval: globalThis.setInterval,
  clearTimeout: globalThis.clearTimeout,
  clearInterval: globalThis.clearInterval,
  /** Real under fake timers too. */
  setImmediate: globalThis.setImmediate,
  dateNow: globalThis.Date.now,
  performanceNow: globalThis.performance.now.bind(globalThis.performance),
} as const;

/**
 * Counts off real time, whatever is done to the clocks. Under the runner's fake timers every clock of the platform
 * stands still but that of the processor, and waiting in turns keeps the processor busy.
 */
export class Patience {
  readonly #ms: number;
  #performance = 0;
  #processor = 0;

  constructor(ms: number) {
    this.#ms = ms;
    this.renew();
  }

  /** Starts anew. */
  renew(): void {
    this.#performance = native.performanceNow();
    this.#processor = processorMs();
  }

  get isOver(): boolean {
    const passed = native.performanceNow() - this.#performance;
    return (passed > 0 ? passed : processorMs() - this.#processor) >= this.#ms;
  }
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
