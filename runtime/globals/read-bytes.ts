// Reads a whole stream as bytes, refusing everything else as workerd does, and the parsing that follows.

/** All bytes of a stream; rejects with workerd's TypeError at the first chunk that is none. */
export async function readBytes(stream: ReadableStream): Promise<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader() as ReadableStreamDefaultReader<unknown>;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const bytes = toBytes(value);
    if (bytes === null) {
      const error = new TypeError("This ReadableStream did not return bytes.");
      // The producer learns of it; the reader keeps its lock, the body stays used.
      reader.cancel(error).catch(() => undefined);
      throw error;
    }
    chunks.push(bytes);
    size += bytes.byteLength;
  }
  return join(chunks, size);
}

/** The bytes of a buffer or view, without copying; null for anything else. */
export function toBytes(value: unknown): Uint8Array | null {
  if (value instanceof Uint8Array) return value;
  if (ArrayBuffer.isView(value)) {
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }
  if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) {
    return new Uint8Array(value);
  }
  return null;
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

/** UTF-8 text without its byte order mark. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** JSON, with V8's words for an empty text. */
export function parseJson(text: string): unknown {
  if (text === "") throw new SyntaxError("Unexpected end of JSON input");
  return JSON.parse(text);
}
