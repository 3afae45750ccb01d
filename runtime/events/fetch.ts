// The fetch event: a request to a worker's entrypoint and its response, with the rules of a fetch through a binding.
// https://developers.cloudflare.com/workers/runtime-apis/handlers/fetch/

import type { Owner } from "../owner.ts";
import { ExecutionContext } from "../worker/execution-context.ts";
import type { Worker } from "../worker/worker.ts";
import { handlerOf } from "../worker/handler.ts";
import { deliver } from "./deliver.ts";

/** As the fetch standard has it. */
const REDIRECTS_MAX = 20;

/**
 * Sends a request to an entrypoint of a worker and gives its response. Redirects are followed to the same worker unless
 * the request says "manual", as a service binding does.
 *
 * Rejects with what the handler threw, and with workerd's TypeError when it answers with anything but a Response.
 */
export async function fetchWorker(
  worker: Worker,
  owner: Owner,
  request: Request,
  entrypoint = "default",
): Promise<Response> {
  return followRedirects(request, (each) => fetchOnce(worker, owner, each, entrypoint));
}

/** Sends a request, and those that its redirects ask for, unless it says "manual". */
export async function followRedirects(
  request: Request,
  send: (request: Request) => Promise<Response>,
): Promise<Response> {
  let current = request;
  for (let redirects = 0; ; redirects++) {
    // The handler consumes the body; a 307 or 308 sends it again.
    const again =
      current.redirect === "manual" || current.body === null ? null : (current.clone() as Request);
    const response = await send(current);
    const target = current.redirect === "manual" ? null : redirectTarget(response, current.url);
    if (target === null) return response;
    if (redirects === REDIRECTS_MAX) throw new TypeError("Too many redirects");
    current = redirected(again ?? current, response.status, target);
  }
}

function fetchOnce(worker: Worker, owner: Owner, request: Request, entrypoint: string): Promise<Response> {
  return deliver(worker, owner, `${request.method} ${request.url}`, async (event) => {
    const fetch = await handlerOf(worker, entrypoint, "fetch", new ExecutionContext(event));
    return checkResponse(await fetch(request));
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
  return location === null ? null : new URL(location, base).href;
}

function redirected(request: Request, status: number, target: string): Request {
  const becomesGet =
    (status === 303 && request.method !== "HEAD") ||
    ((status === 301 || status === 302) && request.method === "POST");
  if (!becomesGet) return new Request(target, request);
  const headers = new Headers(request.headers);
  for (const name of ["content-length", "content-type", "content-encoding", "content-language"]) {
    headers.delete(name);
  }
  return new Request(target, { method: "GET", headers, redirect: request.redirect });
}
