// AbortController and AbortSignal with V8's words in their errors.
// https://developers.cloudflare.com/workers/runtime-apis/web-standards/#abortcontroller-and-abortsignal

import type { Undo } from "../undo.ts";
import type { Scope } from "./types.ts";

/** Changes what `abort()` gives as the reason when it is given none. */
export function patchAbort(target: Scope): Undo {
  const { AbortSignal } = target;
  const { prototype } = target.AbortController;
  const { abort } = prototype;
  const { abort: aborted } = AbortSignal;
  prototype.abort = function (this: AbortController, reason?: unknown) {
    abort.call(this, reason === undefined ? abortError() : reason);
  };
  AbortSignal.abort = (reason?: unknown) =>
    aborted.call(AbortSignal, reason === undefined ? abortError() : reason);
  return () => {
    prototype.abort = abort;
    AbortSignal.abort = aborted;
  };
}

/** What an operation that was aborted without a reason fails with. */
export function abortError(): DOMException {
  const error = new DOMException("The operation was aborted", "AbortError");
  return Object.assign(error, { retryable: true });
}
