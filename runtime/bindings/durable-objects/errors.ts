// The errors that callers of a broken object get: copies of what broke it, marked as a reset.
// https://developers.cloudflare.com/durable-objects/best-practices/error-handling/

import { BunflareError } from "../../errors.ts";
import { decodeFailure, encodeFailure } from "../../rpc/failure.ts";
import type { EncodeOptions } from "../../rpc/payload.ts";

/** Makes a new copy for each caller. */
export function resetBy(error: unknown, options: EncodeOptions): () => unknown {
  // Ours is no failure of the object.
  if (error instanceof BunflareError) return () => error;
  const failure = encodeFailure(error, options);
  return () => {
    const copy = decodeFailure(failure) as { remote?: boolean; durableObjectReset?: boolean };
    delete copy.remote;
    copy.durableObjectReset = true;
    return copy;
  };
}

/** The same error for the caller of a `fetch` that it has ended. */
export function asRemote(error: unknown): unknown {
  const reset = error as { remote?: boolean; durableObjectReset?: boolean };
  if (error instanceof BunflareError || reset.durableObjectReset !== true) return error;
  delete reset.durableObjectReset;
  return Object.assign(reset, { remote: true, durableObjectReset: true });
}

/** The words for classes that take no calls. */
export function noRpc(): TypeError {
  return new TypeError(
    "The receiving Durable Object does not support RPC, because its class was not declared with `extends DurableObject`. " +
      "In order to enable RPC, make sure your class extends the special class `DurableObject`, which can be imported from " +
      'the module "cloudflare:workers".',
  );
}
