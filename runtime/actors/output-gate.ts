// The output gate of an actor: answers and outgoing messages wait until what was written before them is safe.
// https://developers.cloudflare.com/durable-objects/reference/in-memory-state/

/** See the head of the file. */
export class OutputGate {
  #closed: Promise<void> | null = null;
  #open: (() => void) | null = null;
  #fail: ((error: unknown) => void) | null = null;

  /** Holds everything back until `open` or `break`. */
  close(): void {
    if (this.#closed !== null) return;
    this.#closed = new Promise((resolve, reject) => {
      this.#open = resolve;
      this.#fail = reject;
    });
    // With nothing to hold back there is nobody to tell.
    this.#closed.catch(() => undefined);
  }

  /** Lets everything out. */
  open(): void {
    this.#open?.();
    this.#closed = null;
  }

  /** What is held back fails. */
  break(error: unknown): void {
    this.#fail?.(error);
    this.#closed = null;
  }

  /** Resolves when it is open; null when it is open already. */
  get whenOpen(): Promise<void> | null {
    return this.#closed;
  }
}
