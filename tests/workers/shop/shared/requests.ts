// Module state: each worker that imports this has its own.

let count = 0;

/** Counts one more request of the worker that calls it. */
export function countRequest(): number {
  return ++count;
}
