// What KV says when it refuses something. Empty and dotted keys are refused by the client, the rest by the service, whose
// answers are an Error with the operation, the HTTP status and its text.
// https://developers.cloudflare.com/kv/platform/limits/

/** The operation that an error names; `list` and `getWithMetadata` call theirs GET. */
export type Operation = "GET" | "GET_BULK" | "PUT" | "DELETE";

/** A refusal by the service. */
export function failed(operation: Operation, status: number, text: string): Error {
  return new Error(`KV ${operation} failed: ${status} ${text}`);
}

/** A value, in bytes, that is beyond the limit. */
export function valueTooLarge(sizeBytes: number, limitBytes: number): Error {
  return failed("PUT", 413, `Value length of ${sizeBytes} exceeds limit of ${limitBytes}.`);
}

export function unknownType(): TypeError {
  return new TypeError(
    'Unknown response type. Possible types are "text", "arrayBuffer", "json", and "stream".',
  );
}

export function wrongValue(): TypeError {
  return new TypeError(
    "KV put() accepts only strings, ArrayBuffers, ArrayBufferViews, and ReadableStreams as values.",
  );
}
