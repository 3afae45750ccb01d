// The Worker under test, called from outside.

import { fetchWorker as deliverFetch } from "../runtime/events/fetch.ts";
import type { FileScope } from "./file-scope.ts";

/** Sends a request to the worker of a test file. */
export function fetchWorker(
  { owner }: FileScope,
  input: string | URL | Request,
  init?: RequestInit,
): Promise<Response> {
  const request = new Request(input as string, init);
  return owner.follow(deliverFetch(owner.world().primary, owner, request));
}
