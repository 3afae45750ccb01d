// One request in the scripts about the end of an event: what its handler starts and does not wait for, how it answers,
// and what is said of it afterwards. The same worker code plays it behind any binding.

/** What a handler starts before it answers. */
export interface Scene {
  /** What it starts and leaves running. */
  readonly starts?: keyof typeof starts;
  /** What it gives to `waitUntil`. */
  readonly waitsUntil?: keyof typeof waits;
  /** How it answers; "text" unless given. */
  readonly answers?: keyof typeof answers;
  /** What the sender does with the body; "text" unless given. */
  readonly reads?: "text" | "late" | "chunk" | "nothing" | "cancels";
  /** Whose event it is, where that is not the script's worker; only the steps say it. */
  readonly of?: string;
}

/** What of the platform a scene needs. */
export interface SceneContext {
  waitUntil(work: unknown): void;
}

type Say = (line: string) => void;

/** When "early" is said: after the end of an event that nothing keeps, and before that of one that something does. */
const EARLY_MS = 100;
/** What goes on in steps takes several of these. */
export const STEP_MS = 50;
/** How long what goes on after the answer takes. */
export const MIDDLE_MS = 200;
/** When "late" is said: long after all of that. */
const LATE_MS = 500;
/** When everything has been said. */
export const OVER_MS = 700;

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => void setTimeout(resolve, ms));

declare const scheduler: { wait(ms: number): Promise<void> };

/** Starts what says "early", and what says "late". */
export function startTimers(say: Say): void {
  setTimeout(say, EARLY_MS, "early");
  setTimeout(say, LATE_MS, "late");
}

const starts = {
  timers: startTimers,
  timer(say: Say): void {
    setTimeout(say, EARLY_MS, "early");
  },
  "timer of 0 ms"(say: Say): void {
    setTimeout(say, 0, "at once");
  },
  interval(say: Say): void {
    let left = 3;
    const timer = setInterval(() => {
      say("tick");
      if (--left === 0) clearInterval(timer);
    }, STEP_MS);
  },
  waits(say: Say): void {
    void scheduler.wait(EARLY_MS).then(() => say("early"));
    void scheduler.wait(LATE_MS).then(() => say("late"));
  },
  "loop of timers"(say: Say): void {
    void (async () => {
      for (let n = 0; n < 3; n++) {
        say(`turn ${n}`);
        await pause(STEP_MS);
      }
    })();
  },
  "timeout of a signal"(say: Say): void {
    AbortSignal.timeout(EARLY_MS).addEventListener("abort", () => say("aborted"));
  },
  "timer in a timer"(say: Say): void {
    setTimeout(() => {
      say("early");
      setTimeout(say, LATE_MS, "late");
    }, EARLY_MS);
  },
  promises(say: Say): void {
    void (async () => {
      for (let n = 0; n < 3; n++) {
        say(`turn ${n}`);
        await null;
      }
    })();
  },
} as const;

const waits = {
  "a pause": () => pause(MIDDLE_MS),
  "a failure": async () => {
    await pause(MIDDLE_MS);
    throw new Error("thrown in waitUntil()");
  },
  "what follows": async (say: Say, ctx: SceneContext) => {
    await pause(MIDDLE_MS / 2);
    ctx.waitUntil(pause(MIDDLE_MS / 2).then(() => say("what followed")));
  },
  nothing: async () => {},
} as const;

const answers = {
  text: () => new Response("text"),
  nothing: () => new Response(null, { status: 204 }),
  bytes: () => new Response(new Uint8Array(100_000)),
  "redirect to text": () => new Response("moved", { status: 302, headers: { location: "/" } }),
  "stream that is pulled": (say: Say) => {
    let left = 5;
    return new Response(
      new ReadableStream({
        async pull(controller) {
          await pause(STEP_MS);
          controller.enqueue(bytes(`${left}`));
          if (--left > 0) return;
          say("all sent");
          controller.close();
        },
        cancel: () => say("cancelled"),
      }),
    );
  },
  "stream that breaks": () => {
    return new Response(
      new ReadableStream({
        async pull(controller) {
          await pause(MIDDLE_MS);
          controller.error(new Error("broken"));
        },
      }),
    );
  },
  "transform stream": (say: Say) => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    void (async () => {
      const writer = writable.getWriter();
      for (let left = 5; left > 0; left--) {
        await pause(STEP_MS);
        await writer.write(bytes(`${left}`));
      }
      await writer.close();
      say("all sent");
    })();
    return new Response(readable);
  },
  "stream that is there": () =>
    new Response(
      new ReadableStream({
        start(controller) {
          controller.enqueue(bytes("there"));
          controller.close();
        },
      }),
    ),
  "an error": () => {
    throw new Error("thrown by the handler");
  },
  "an error after a pause": async () => {
    await pause(MIDDLE_MS);
    throw new Error("thrown by the handler");
  },
  "a number": () => 5 as unknown as Response,
} as const;

/** Plays a scene in a handler. */
export async function play(scene: Scene, say: Say, ctx: SceneContext): Promise<Response> {
  if (scene.starts !== undefined) starts[scene.starts](say);
  if (scene.waitsUntil !== undefined) ctx.waitUntil(waits[scene.waitsUntil](say, ctx));
  return answers[scene.answers ?? "text"](say);
}

/** The worker's side: plays what a request asks for, and tells what was said of it. */
export class Stage {
  readonly #said = new Map<string, string[]>();

  async answer(request: Request, ctx: SceneContext): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const name = searchParams.get("scene");
    if (pathname === "/said") return Response.json(this.said(name ?? ""));
    if (name === null) return new Response("landed");
    return play(JSON.parse(name) as Scene, (line) => this.say(name, line), ctx);
  }

  say(name: string, line: string): void {
    this.#said.set(name, [...this.said(name), line]);
  }

  said(name: string): string[] {
    return this.#said.get(name) ?? [];
  }
}

interface Fetcher {
  fetch(url: string): Promise<Response>;
}

/** The sender's side: each method is one scene, and gives what was received and what was said. */
export class Player {
  readonly #worker: Fetcher;

  constructor(worker: Fetcher) {
    this.#worker = worker;
  }

  async play(scene: Scene): Promise<unknown> {
    const query = new URLSearchParams({ scene: JSON.stringify(scene) });
    const received = await this.#receive(`http://stage.test/play?${query}`, scene);
    await pause(OVER_MS);
    const said = await this.#worker.fetch(`http://stage.test/said?${query}`);
    return { received, said: await said.json() };
  }

  async #receive(url: string, scene: Scene): Promise<string> {
    try {
      const response = await this.#worker.fetch(url);
      return `${response.status} ${await read(response, scene)}`;
    } catch (error) {
      return String(error);
    }
  }
}

async function read(response: Response, { reads = "text" }: Scene): Promise<string> {
  switch (reads) {
    case "nothing":
      return "unread";
    case "late":
      await pause(MIDDLE_MS);
      return `${(await response.text()).length} late`;
    case "cancels":
      await response.body?.cancel();
      return "cancelled";
    case "chunk": {
      const reader = response.body?.getReader();
      await reader?.read();
      await reader?.cancel();
      return "a chunk";
    }
    case "text": {
      const text = await response.text();
      return text.length > 100 ? `${text.length}` : text;
    }
  }
}
