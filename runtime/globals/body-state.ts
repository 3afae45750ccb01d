// What a request or response remembers beside its native object. One record in a private slot, so that objects
// of the native constructors (fetch results, clones) can be given one as well.

import { slot } from "./slot.ts";
import type { Cf } from "./types.ts";

/** The record of one request or response. */
export interface BodyState {
  /** The stream that `body` returns; null when there is no body, undefined until it is asked for. */
  body: ReadableStream | null | undefined;
  /** Whether the body was given as a stream: it is read here, with a check that its chunks are bytes. */
  given: boolean;
  /** Whether the body was handed over to another request. */
  moved: boolean;
  /** The content type to show when the headers are first asked for and have none. */
  type: string | null;
  cf: Cf | undefined;
  webSocket: WebSocket | null;
  /** Of requests: what the native object cannot keep. */
  method: string | null;
  cache: string | undefined;
  signal: AbortSignal | null;
  fetcher: unknown;
}

/** The records; an object without one was made natively and never adopted. */
export const states = slot<BodyState>();

/** A record with nothing in it. */
export function newState(body: ReadableStream | null | undefined, type: string | null): BodyState {
  return {
    body,
    given: false,
    moved: false,
    type,
    cf: undefined,
    webSocket: null,
    method: null,
    cache: undefined,
    signal: null,
    fetcher: null,
  };
}

/** A copy of a `cf` object as workerd makes it (through JSON); undefined stays undefined. */
export function copyCf(cf: Cf | undefined): Cf | undefined {
  return cf === undefined ? undefined : (JSON.parse(JSON.stringify(cf)) as Cf);
}
