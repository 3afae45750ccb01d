// `stub.fetch()`: a request to an object's `fetch` method.
// https://developers.cloudflare.com/durable-objects/api/stub/

import { context } from "../../context.ts";
import { checkResponse, followRedirects } from "../../events/fetch.ts";
import type { Owner } from "../../owner.ts";
import { wrongParameter } from "../../platform/arguments.ts";
import { decodeFailure, encodeFailure } from "../../rpc/failure.ts";
import { asRemote } from "./errors.ts";
import type { DurableObject, Instance } from "./object.ts";

/** Sends the request; redirects are followed to the same object. Rejects with whatever goes wrong. */
export async function fetchObject(
  find: () => DurableObject,
  args: readonly unknown[],
): Promise<Response> {
  const request = requestOf(args);
  request.signal.throwIfAborted();
  const object = find();
  const owner = object.owner();
  await context.get()?.event?.gate?.whenConfirmed;
  return untilAborted(
    request.signal,
    followRedirects(request, async (each) => {
      // What its event leaves running goes on in any case.
      return { response: await fetchOnce(object, owner, each), sender: null };
    }),
  );
}

async function fetchOnce(object: DurableObject, owner: Owner, request: Request): Promise<Response> {
  const handled = new Request(request, { redirect: "manual" });
  let hasStarted = false;
  let thrown: { readonly error: unknown } | null = null;
  try {
    return await object.deliver(owner, `${request.method} ${request.url}`, async (instance) => {
      hasStarted = true;
      try {
        return await handle(instance, handled);
      } catch (error) {
        thrown = { error };
        throw error;
      }
    });
  } catch (error) {
    if (thrown !== null) throw remote(error, object);
    throw hasStarted ? asRemote(error) : error;
  }
}

async function handle(instance: Instance, request: Request): Promise<Response> {
  const { fetch } = instance;
  if (typeof fetch !== "function") throw new Error("Handler does not export a fetch() function.");
  return checkResponse(await Reflect.apply(fetch, instance, [request]));
}

// What the handler throws arrives as it does over RPC; an object that broke says so itself.
function remote(error: unknown, object: DurableObject): unknown {
  const { durableObjectReset } = Object(error) as { durableObjectReset?: unknown };
  if (durableObjectReset === true) return asRemote(error);
  return decodeFailure(encodeFailure(error, object));
}

function requestOf(args: readonly unknown[]): Request {
  if (args.length === 0) throw wrongParameter("Fetcher", "fetch", 1, "Request or string");
  const [input, init] = args as [string, RequestInit?];
  const { redirect } = Object(init) as { redirect?: unknown };
  if (redirect === "error") {
    throw new TypeError(
      'Invalid redirect value, must be one of "follow" or "manual" ("error" won\'t be implemented since it does not make ' +
        'sense at the edge; use "manual" and check the response status code).',
    );
  }
  const isText = typeof input === "string";
  if (isText && !URL.canParse(input)) throw new TypeError(`Invalid URL: ${input}`);
  if (isText && !/^https?:/i.test(input)) throw new TypeError(`Fetch API cannot load: ${input}`);
  return new Request(input, init);
}

function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
