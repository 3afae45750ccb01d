// Reads the web platform's objects that travel by value.

import type { Decoder } from "./decoder.ts";
import { HostTag } from "./tags.ts";

/** Reads the object that a host tag announces; null when the tag belongs to a reference. */
export function readPlatformObject(decoder: Decoder, tag: number): object | null {
  switch (tag) {
    case HostTag.domException:
      return readDomException(decoder);
    case HostTag.headers:
      return readHeaders(decoder);
    case HostTag.blob:
      return readBlob(decoder);
    case HostTag.request:
      return readRequest(decoder);
    case HostTag.response:
      return readResponse(decoder);
    default:
      return null;
  }
}

function readDomException(decoder: Decoder): DOMException {
  const name = decoder.reader.string();
  const exception = new DOMException(decoder.reader.string(), name);
  const stack = decoder.reader.string();
  if (decoder.keepStacks) {
    Object.defineProperty(exception, "stack", { value: stack, writable: true, configurable: true });
  }
  return exception;
}

function readHeaders(decoder: Decoder): Headers {
  const headers = new Headers();
  for (let left = decoder.reader.varint(); left > 0; left--) {
    headers.append(decoder.reader.string(), decoder.reader.string());
  }
  return headers;
}

function readBlob(decoder: Decoder): Blob {
  const type = decoder.reader.string();
  return new Blob([decoder.reader.raw(decoder.reader.varint())], { type });
}

// The parts were written by us as one plain object.
function readRequest(decoder: Decoder): Request {
  const { url, body, cf, ...parts } = decoder.value() as RequestInit & {
    url: string;
    cf?: unknown;
  };
  return new Request(url, {
    ...parts,
    ...(body == null ? {} : { body, duplex: "half" }),
    ...(cf === undefined ? {} : { cf }),
  } as RequestInit);
}

function readResponse(decoder: Decoder): Response {
  const { body, cf, webSocket, ...parts } = decoder.value() as ResponseInit & {
    body: ReadableStream | null;
    cf?: unknown;
    webSocket: unknown;
  };
  return new Response(body, {
    ...parts,
    ...(cf === undefined ? {} : { cf }),
    ...(webSocket === null ? {} : { webSocket }),
  } as ResponseInit);
}
