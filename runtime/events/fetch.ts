// The fetch event: a request to a worker's entrypoint and its response, with the rules of a fetch through a binding.
// https://developers.cloudflare.com/workers/runtime-apis/handlers/fetch/

import type { Owner } from "../owner.ts";
import { ExecutionContext } from "../worker/execution-context.ts";
import type { Worker } from "../worker/worker.ts";
import { handlerOf } from "../worker/handler.ts";
import { deliver } from "./deliver.ts";
import { type Answer, answered, arrived, type Parts, partsOf, sendFrom } from "./exchange.ts";

/** As the fetch standard has it. */
const REDIRECTS_MAX = 20;

/** Where a request goes. */
export interface FetchTarget {
  readonly worker: Worker;
  readonly owner: Owner;
  /** "default" for the default export. */
  readonly entrypoint: string;
  /** What the handler finds in `ctx.props`; undefined for none. */
  readonly props?: unknown;
  /** Makes what the sender catches out of what went wrong at the worker; the same unless given. */
  readonly failure?: (error: unknown) => unknown;
}

/** Sends a request to the default export of a worker: see `fetchEntrypoint`. */
export function fetchWorker(worker: Worker, owner: Owner, request: Request): Promise<Response> {
  return fetchEntrypoint({ worker, owner, entrypoint: "default" }, request);
}

/**
 * Sends a request to an entrypoint and gives its response. Redirects are followed to the same entrypoint unless the
 * request says "manual", as a service binding does.
 *
 * Rejects with what the handler threw, and with workerd's TypeError when it answers with anything but a Response.
 */
export function fetchEntrypoint(target: FetchTarget, request: Request): Promise<Response> {
  const passesSignal = target.worker.config.compatibility.has("enable_request_signal");
  return followRedirects(request, (each) => fetchOnce(target, each), { passesSignal });
}

/** Sends a request, and those that its redirects ask for, unless it says "manual". */
export async function followRedirects(
  request: Request,
  send: (request: Request) => Promise<Answer>,
  options: { readonly passesSignal?: boolean } = {},
): Promise<Response> {
  const signal = options.passesSignal === true ? request.signal : undefined;
  const follows = request.redirect !== "manual";
  const urls: string[] = [];
  let parts = await partsOf(request);
  for (;;) {
    const answer = await send(arrived(parts, signal));
    const { response, sender } = answer;
    const target = follows ? redirectTarget(response, parts.url) : null;
    if (target === null) return answered(answer, parts, urls.length);
    // Nobody reads its body.
    sender?.release();
    urls.push(parts.url);
    if (urls.length > REDIRECTS_MAX) {
      // workerd leaves out the space too
      throw new TypeError(`Too many redirects.${urls.join(", ")}`);
    }
    parts = redirected(parts, response.status, target);
  }
}

function fetchOnce(target: FetchTarget, request: Request): Promise<Answer> {
  const { worker, owner, entrypoint, props, failure } = target;
  const answer = deliver(worker, owner, `${request.method} ${request.url}`, async (event) => {
    const context = new ExecutionContext(event, props);
    const fetch = await handlerOf(worker, entrypoint, "fetch", context);
    return sendFrom(event, checkResponse(await fetch(request)));
  });
  if (failure === undefined) return answer;
  return answer.catch((error: unknown) => {
    throw failure(error);
  });
}

/** What a handler has answered; throws workerd's TypeErrors for anything but a Response that can be sent. */
export function checkResponse(response: unknown): Response {
  if (!(response instanceof Response)) {
    throw new TypeError("Incorrect type for Promise: the Promise did not resolve to 'Response'.");
  }
  if (response.bodyUsed) {
    throw new TypeError(
      "Body has already been used. It can only be used once. Use tee() first if you need to read it twice.",
    );
  }
  return response;
}

function redirectTarget(response: Response, base: string): string | null {
  if (![301, 302, 303, 307, 308].includes(response.status)) return null;
  const location = response.headers.get("location");
  if (location === null) return null;
  const url = new URL(location, base);
  url.hash = "";
  return url.href;
}

function redirected(parts: Parts, status: number, url: string): Parts {
  const becomesGet =
    (status === 303 && parts.method !== "HEAD") ||
    ((status === 301 || status === 302) && parts.method === "POST");
  if (!becomesGet) return { ...parts, url };
  const headers = new Headers(parts.headers);
  headers.delete("content-length");
  headers.delete("transfer-encoding");
  return { ...parts, url, method: "GET", headers, body: null };
}
