// The headers that nobody may change: those of a received request or response.

import { slot } from "./slot.ts";

const frozen = slot<true>();

/** Makes headers refuse every change. */
export function freezeHeaders(headers: Headers): void {
  frozen.set(headers, true);
}

/** Whether headers refuse every change. */
export function areFrozen(headers: object): boolean {
  return frozen.has(headers);
}
