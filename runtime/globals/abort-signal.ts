// AbortController and AbortSignal with V8's words in their errors.
// https://developers.cloudflare.com/workers/runtime-apis/web-standards/#abortcontroller-and-abortsignal

import { replaceMethods } from "./install.ts";
import type { Undo } from "../undo.ts";
import type { Scope } from "./types.ts";

/** Changes what `abort()` gives as the reason when it is given none, and the message of a timeout. */
export function patchAbort(target: Scope): Undo {
  const { AbortController, AbortSignal } = target;
  const { abort } = AbortController.prototype;
  const { abort: aborted } = AbortSignal;
  const undos = [
    replaceMethods(AbortController.prototype, {
      abort(this: AbortController, reason?: unknown) {
        abort.call(this, reason === undefined ? abortError() : reason);
      },
    }),
    replaceMethods(AbortSignal, {
      abort(reason?: unknown) {
        return aborted.call(AbortSignal, reason === undefined ? abortError() : reason);
      },
    }),
  ];
  return () => undos.reverse().forEach((undo) => undo());
}

/** What an operation that was aborted without a reason fails with. */
export function abortError(): DOMException {
  const error = new DOMException("The operation was aborted", "AbortError");
  return Object.assign(error, { retryable: true });
}
