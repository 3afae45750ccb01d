// What the read that is waiting on a byte stream asked for. A byte source, its controller, its readers and its
// requests all lead to one record.

import { slot } from "./slot.ts";

/** The record of one byte stream. */
export interface Demand {
  /** The bytes that the waiting read still needs. */
  atLeast: number;
  /** The platform's own streams answer every view with a Uint8Array. */
  readonly raw: boolean;
  /** Whether a read is waiting. */
  reading: boolean;
}

/** The records, by stream, controller, reader and request. */
export const demands = slot<Demand>();
