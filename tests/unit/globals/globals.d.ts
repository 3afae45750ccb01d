// What the patches add, as far as these tests use it.

declare global {
  class IdentityTransformStream extends TransformStream {
    constructor(strategy?: { highWaterMark?: number });
  }
  class FixedLengthStream extends IdentityTransformStream {
    constructor(length: number | bigint, strategy?: { highWaterMark?: number });
  }
  const scheduler: { wait(ms: number, options?: { signal?: AbortSignal }): Promise<void> };
  const Body: abstract new () => object;
  const FetchEvent: abstract new () => Event;
  interface Response {
    readonly cf: Record<string, unknown> | undefined;
    readonly webSocket: WebSocket | null;
  }
  interface Request {
    readonly cf: Record<string, unknown> | undefined;
  }
  interface WebSocket {
    accept(): void;
    serializeAttachment(value: unknown): void;
    deserializeAttachment(): unknown;
  }
  interface Crypto {
    readonly DigestStream: new (algorithm: string) => WritableStream & {
      readonly digest: Promise<ArrayBuffer>;
      readonly bytesWritten: bigint;
    };
  }
  interface ReadableStreamBYOBReader {
    readAtLeast(
      bytes: number,
      view: ArrayBufferView,
    ): Promise<{ done: boolean; value: Uint8Array | undefined }>;
  }
}

export {};
