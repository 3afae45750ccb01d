// The web platform's objects in transcripts. Bodies of Response and Request are read from a clone; a stream is read
// to its end.

import { className } from "./class-name.ts";
import { describeBody } from "./describe-text.ts";
import type { Describer } from "./describe.ts";
import type { Described } from "./transcript.ts";

/** Describes a web object, or gives null when it is none of the known ones. */
export async function describeWeb(value: object, describer: Describer): Promise<Described | null> {
  const $ = className(value);
  if (value instanceof Response) return describeResponse(value, describer);
  if (value instanceof Request) return describeRequest(value, describer);
  if (value instanceof Headers) return { $, headers: describeHeaders(value) };
  if (value instanceof URL) return { $, href: value.href };
  if (value instanceof URLSearchParams) return { $, value: value.toString() };
  if (value instanceof ReadableStream) return describeStream(value, describer);
  if (value instanceof FormData) {
    const entries: Described[] = [];
    const pairs: [string, unknown][] = [];
    value.forEach((entry, name) => pairs.push([name, entry]));
    for (const [name, entry] of pairs) entries.push([name, await describer.inner(entry, name)]);
    return { $, entries };
  }
  if (value instanceof Blob) {
    const result: Record<string, Described> = { $, type: value.type, size: value.size };
    if (value instanceof File) result["name"] = value.name;
    result["body"] = describeBody(new Uint8Array(await value.arrayBuffer()));
    return result;
  }
  return null;
}

async function describeResponse(response: Response, describer: Describer): Promise<Described> {
  const result: Record<string, Described> = { $: className(response), status: response.status };
  if (response.statusText !== "") result["statusText"] = response.statusText;
  if (response.url !== "") result["url"] = response.url;
  if (response.redirected) result["redirected"] = true;
  result["headers"] = describeHeaders(response.headers);
  const socket: unknown = Reflect.get(response, "webSocket");
  if (typeof socket === "object" && socket !== null) {
    result["webSocket"] = className(socket);
    return result;
  }
  result["body"] = await describeClone(response, describer);
  return result;
}

async function describeRequest(request: Request, describer: Describer): Promise<Described> {
  return {
    $: className(request),
    method: request.method,
    url: request.url,
    headers: describeHeaders(request.headers),
    redirect: request.redirect,
    body: await describeClone(request, describer),
  };
}

async function describeClone(value: Response | Request, describer: Describer): Promise<Described> {
  if (value.body === null) return null;
  if (value.bodyUsed) return { $: "used" };
  if (value.body.locked) return { $: "locked" };
  try {
    return describeBody(new Uint8Array(await value.clone().arrayBuffer()));
  } catch (error) {
    return { $: "throws", error: await describer.inner(error, "body") };
  }
}

function describeHeaders(headers: Headers): Described {
  const result = Object.create(null) as Record<string, Described>;
  for (const [name, value] of headers) {
    result[name] = name === "set-cookie" ? headers.getSetCookie() : value;
  }
  return result;
}

async function describeStream(stream: ReadableStream, describer: Describer): Promise<Described> {
  const $ = className(stream);
  if (stream.locked) return { $, locked: true };
  const chunks: unknown[] = [];
  try {
    const reader = stream.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      chunks.push(next.value);
    }
  } catch (error) {
    const before = chunks.length;
    return { $, chunks: before, error: await describer.inner(error, "error") };
  }
  // Where one chunk ends and the next begins is a matter of buffers, not of behaviour: only the bytes are kept.
  if (chunks.every((chunk) => chunk instanceof Uint8Array))
    return { $, body: describeBody(join(chunks)) };
  return { $, chunks: await describer.inner(chunks, "chunks") };
}

function join(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
