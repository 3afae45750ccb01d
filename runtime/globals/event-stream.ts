// The text/event-stream format. https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream

/** What a stream tells: a message, or how long to wait before the next connection, in ms. */
export type StreamEvent =
  | { readonly kind: "message"; readonly type: string; readonly data: string; readonly id: string }
  | { readonly kind: "retry"; readonly ms: number };

/** Reads a stream of events; a message that the end cuts off is dropped. */
export async function* readEvents(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<StreamEvent, void> {
  const message = new Message();
  for await (const line of readLines(stream)) {
    const event = message.take(line);
    if (event !== null) yield event;
  }
}

/** The message that is being read. */
class Message {
  #type = "";
  #data: string[] = [];
  /** It stays from message to message. */
  #id = "";

  take(line: string): StreamEvent | null {
    if (line === "") return this.#finish();
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    switch (field) {
      case "event":
        this.#type = value;
        break;
      case "data":
        this.#data.push(value);
        break;
      case "id":
        // The standard ignores one with a NUL; workerd does not.
        this.#id = value;
        break;
      case "retry":
        if (/^\d+$/.test(value)) return { kind: "retry", ms: Number(value) };
    }
    return null;
  }

  #finish(): StreamEvent | null {
    const type = this.#type;
    const data = this.#data;
    this.#type = "";
    this.#data = [];
    if (data.length === 0) return null;
    return { kind: "message", type: type || "message", data: data.join("\n"), id: this.#id };
  }
}

/** Lines that end with LF, CR or both; what follows the last end is no line. */
async function* readLines(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      // A CR at the end of what is there may be half of a CRLF.
      const whole = done ? rest : rest.replace(/\r$/, "");
      const lines = whole.split(/\r\n|\n|\r/);
      const last = lines.pop() ?? "";
      rest = last + rest.slice(whole.length);
      yield* lines;
      if (done) return;
    }
  } finally {
    // A reader that stops early lets go of the stream; of one that has failed, the failure was thrown already.
    reader.cancel().catch(() => undefined);
  }
}
