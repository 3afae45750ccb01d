// `[bunflare] network = "deny"`: a request that nobody mocked fails. The guard is the innermost `fetch`: whatever mocks it
// (msw, a spy, an assignment) replaces or wraps this function, and what reaches it would go out.

import { BunflareError } from "../runtime/errors.ts";
import { currentOptions } from "./options.ts";

/** Requests to this machine are no outbound ones: tests start servers of their own. */
const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/** Installs the guard; the options are read at the first request. */
export function guardNetwork(): void {
  const native = globalThis.fetch;
  const guarded = async (...args: Parameters<typeof fetch>): Promise<Response> => {
    if (currentOptions().network === "deny") refuseOutbound(args[0]);
    return native(...args);
  };
  globalThis.fetch = Object.assign(guarded, { preconnect: native.preconnect });
}

function refuseOutbound(input: Parameters<typeof fetch>[0]): void {
  // Not asked for its class: a mock may have put another one in the place of `Request`.
  const { url = String(input) } = Object(input) as { readonly url?: string };
  // What is no URL fails in fetch itself, with the platform's words.
  if (!URL.canParse(url)) return;
  const { protocol, hostname } = new URL(url);
  if ((protocol !== "http:" && protocol !== "https:") || LOOPBACK.test(hostname)) return;
  throw new BunflareError("network_denied", {
    what: `a request to ${url} was stopped`,
    why: 'bunfig.toml has [bunflare] network = "deny", and nobody mocked it',
    todo: 'Mock it (with spyOn(globalThis, "fetch") or msw 2), or allow the network',
  });
}
