// Bun's own globals, taken before they are replaced.

import type { Scope } from "./types.ts";

/** See the head of the file. */
export interface Natives {
  readonly Blob: typeof Blob;
  readonly File: typeof File;
  readonly Headers: typeof Headers;
  readonly ReadableStream: typeof ReadableStream;
  readonly Request: typeof Request;
  readonly Response: typeof Response;
  readonly WebSocket: typeof WebSocket;
  readonly crypto: Crypto;
  readonly fetch: typeof fetch;
  readonly navigator: Navigator;
}

/** Takes them; touches as few as it can, because the platform makes a class when it is first touched. */
export function nativesOf(target: Scope): Natives {
  const { File, Request, Response, ReadableStream, WebSocket, crypto, fetch, navigator } = target;
  let blob: typeof Blob | null = null;
  let headers: typeof Headers | null = null;
  return {
    File,
    ReadableStream,
    Request,
    Response,
    WebSocket,
    crypto,
    fetch,
    navigator,
    // Instances lead to the classes. Kept, because patches change what they lead to.
    get Blob() {
      return (blob ??= Bun.file("").constructor as typeof Blob);
    },
    get Headers() {
      return (headers ??= new Response().headers.constructor as typeof Headers);
    },
  };
}
