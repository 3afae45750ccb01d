// The global fetch: the checks of workerd's Request, its schemes and its immutable responses. What goes over the
// network is Bun's. https://developers.cloudflare.com/workers/runtime-apis/fetch/

import { throughGate } from "../events/through-gate.ts";
import { wrongParameter } from "../platform/arguments.ts";
import type { Kits } from "./kits.ts";

// What Bun's fetch takes beyond the standard; a test that talks to a local service may need it.
const bunOptions = ["proxy", "tls", "unix", "verbose", "decompress", "timeout", "keepalive"];

/** Builds the function on top of Bun's. */
export function buildFetch(
  native: typeof fetch,
  kits: Kits,
): (input?: unknown, init?: unknown) => Promise<Response> {
  return async function (input?: unknown, init?: unknown): Promise<Response> {
    if (arguments.length === 0) {
      throw wrongParameter("ServiceWorkerGlobalScope", "fetch", 1, "Request or string");
    }
    const request = new (kits.request())(input as string, init as RequestInit);
    const { protocol } = new URL(request.url);
    if (protocol !== "http:" && protocol !== "https:" && protocol !== "data:") {
      throw new TypeError(`Fetch API cannot load: ${request.url}`);
    }
    if (request.signal.aborted) throw request.signal.reason;
    // The content type of a text is added to the headers when they are read.
    void request.headers;
    // As Bun's own object: asked for its body by this class, it would be sent in chunks.
    Object.setPrototypeOf(request, kits.natives.Request.prototype);
    const response = await throughGate(() => native(request, extras(init)).catch(explain));
    return kits.response().receive(response);
  };
}

const lost = new Set(["ECONNREFUSED", "ConnectionRefused", "ECONNRESET", "ConnectionClosed"]);

// The words are workerd's; what Bun found out is the cause.
function explain(error: unknown): never {
  const { code } = Object(error) as { code?: unknown };
  if (!lost.has(String(code))) throw error;
  throw Object.assign(new Error("Network connection lost.", { cause: error }), { retryable: true });
}

function extras(init: unknown): RequestInit | undefined {
  if (Object(init) !== init) return undefined;
  const given = init as Record<string, unknown>;
  const names = bunOptions.filter((name) => given[name] !== undefined);
  if (names.length === 0) return undefined;
  return Object.fromEntries(names.map((name) => [name, given[name]]));
}
