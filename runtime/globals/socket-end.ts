// One end of a WebSocketPair: the state of the connection and the delivery of what the other end sent. The object
// that users see is a face of it; a Durable Object may put its handlers in the place of the face's events.
// https://developers.cloudflare.com/workers/runtime-apis/websockets/

/** What an end receives. Binary messages are buffers of their own. */
export type SocketMessage = string | ArrayBuffer;

/** Where an end delivers to. A message handler that throws ends the connection. */
export interface SocketSink {
  message(data: SocketMessage): void;
  close(code: number, reason: string, wasClean: boolean): void;
  error(error: Error): void;
}

/** How the ends of a pair reach the world around them. */
export interface SocketHost {
  /** Runs at the next macrotask (law 5). */
  later(run: () => void): void;
  /** Remembers the context of the caller. */
  snapshot(): (run: () => void) => void;
  /** Keeps the event whose code calls this until the returned function is called. */
  holdEvent(): () => void;
  /** Whether a Close frame is answered by the runtime itself. */
  autoReply(): boolean;
}

type Frame =
  | { kind: "message"; data: SocketMessage }
  | { kind: "close"; code: number; reason: string; wasClean: boolean; auto: boolean }
  | { kind: "error"; error: Error };

const connecting =
  "You must call one of accept() or state.acceptWebSocket() on this WebSocket before sending messages.";

/** One end of a connection. */
export class SocketEnd {
  /** The value that `deserializeAttachment()` reads, in bytes that survive eviction. */
  attachment: Uint8Array | null = null;
  /** 1 open, 2 closing, 3 closed. */
  readyState: 1 | 2 | 3 = 1;
  readonly #host: SocketHost;
  #peer!: SocketEnd;
  #sink: SocketSink | null = null;
  #run: (run: () => void) => void = (run) => run();
  #letGo: (() => void) | null = null;
  readonly #inbox: Frame[] = [];
  #scheduled = false;
  #closeSent = false;
  #closedFirst = false;
  #closeReceived = false;
  #sentWhileClosing = false;

  private constructor(host: SocketHost) {
    this.#host = host;
  }

  /** Two ends of a new connection. */
  static pair(host: SocketHost): [SocketEnd, SocketEnd] {
    const [a, b] = [new SocketEnd(host), new SocketEnd(host)];
    a.#peer = b;
    b.#peer = a;
    return [a, b];
  }

  get peer(): SocketEnd {
    return this.#peer;
  }

  get accepted(): boolean {
    return this.#sink !== null;
  }

  /** Starts delivery, what has arrived already first; later calls are without effect. */
  accept(sink: SocketSink): void {
    if (this.#sink !== null) return;
    this.#sink = sink;
    this.#run = this.#host.snapshot();
    if (this.readyState !== 3) this.#letGo = this.#host.holdEvent();
    this.#schedule();
  }

  send(data: SocketMessage): void {
    if (this.#sink === null) throw new TypeError(connecting);
    if (this.#closeSent || this.readyState === 3) {
      throw new TypeError("Can't call WebSocket send() after close().");
    }
    if (this.#peer.#closeSent) this.#sentWhileClosing = true;
    this.#peer.#receive({ kind: "message", data });
  }

  /** Sends a Close frame; 1005 when `code` is undefined. */
  close(code: number | undefined, reason: string): void {
    if (this.#sink === null) throw new TypeError(connecting);
    if (this.#closeSent || this.readyState === 3) return;
    this.#sendClose(code ?? 1005, reason, false);
    this.readyState = this.#closeReceived ? 3 : 2;
    if (this.#closeReceived) this.#end();
  }

  /** The handler failed: this end is gone without a Close frame. */
  fail(error: Error): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.#inbox.length = 0;
    this.#inbox.push({ kind: "error", error });
    this.#schedule();
    const reason = "WebSocket disconnected without sending Close frame.";
    this.#peer.#receive({ kind: "close", code: 1006, reason, wasClean: false, auto: false });
    this.#end();
  }

  // Nothing more arrives.
  #end(): void {
    this.#letGo?.();
    this.#letGo = null;
  }

  #sendClose(code: number, reason: string, auto: boolean): void {
    this.#closeSent = true;
    this.#closedFirst = !this.#peer.#closeSent;
    this.#peer.#receive({ kind: "close", code, reason, wasClean: true, auto });
  }

  #receive(frame: Frame): void {
    if (this.readyState === 3) return;
    this.#inbox.push(frame);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled || this.#sink === null || this.#inbox.length === 0) return;
    this.#scheduled = true;
    this.#host.later(() => {
      this.#scheduled = false;
      const frame = this.#inbox.shift();
      if (frame === undefined) return;
      this.#run(() => this.#deliver(frame));
      // One frame for each macrotask, so that its promises settle before the next one comes.
      this.#schedule();
    });
  }

  #deliver(frame: Frame): void {
    const sink = this.#sink;
    if (sink === null) return;
    if (frame.kind === "error") return sink.error(frame.error);
    if (frame.kind === "close") return this.#closeFrame(sink, frame);
    try {
      sink.message(frame.data);
    } catch (thrown) {
      this.fail(thrown instanceof Error ? thrown : new Error(String(thrown)));
    }
  }

  #closeFrame(sink: SocketSink, frame: Frame & { kind: "close" }): void {
    const { code, reason, wasClean, auto } = frame;
    this.#closeReceived = true;
    if (!this.#closeSent && wasClean && this.#host.autoReply()) this.#sendClose(code, reason, true);
    this.readyState = this.#closeSent && wasClean ? 3 : 2;
    const over = this.#closedFirst && wasClean;
    sink.close(code, reason, wasClean);
    if (this.readyState === 3 || !wasClean) this.#end();
    if (over) this.#tearDown(auto);
  }

  // Inside one isolate workerd tears the connection down when both have closed, and the end that only answered (or the
  // first, when both asked) sees an error after its close event.
  #tearDown(answered: boolean): void {
    const lost = answered ? this.#peer : this;
    if (lost.#sentWhileClosing) return;
    lost.#inbox.push({ kind: "error", error: new Error("Network connection lost.") });
    lost.#schedule();
  }
}
