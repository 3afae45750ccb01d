// The attachment of a hibernating socket: a value of limited size, kept in the form of the one codec.
// https://developers.cloudflare.com/durable-objects/best-practices/websockets/#serializeattachment

const limitBytes = 16384;

// Loaded at first use: most sockets carry no attachment.
function codec(): typeof import("../rpc/payload.ts") {
  return require("../rpc/payload.ts") as typeof import("../rpc/payload.ts");
}

/** The bytes of an attachment; throws workerd's errors for what cannot be copied or is too large. */
export function writeAttachment(value: unknown): Uint8Array {
  const bytes = codec().encode(value, { enhancedErrors: true });
  if (bytes.byteLength > limitBytes) {
    // workerd leaves out the space too
    throw new Error(
      `A WebSocket 'attachment' cannot be larger than ${limitBytes} bytes.'attachment' was ${bytes.byteLength} bytes.`,
    );
  }
  return bytes;
}

/** A new copy of what was attached; null when nothing was. */
export function readAttachment(bytes: Uint8Array | null): unknown {
  return bytes === null ? null : codec().decode(bytes);
}
