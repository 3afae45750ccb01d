// A Worker in which everything waits: each path is one way to.

interface Env {
  KV: { get(key: string): Promise<string | null> };
}

interface Context {
  waitUntil(work: Promise<unknown>): void;
}

const iso = (): string => new Date().toISOString();

/** The log that tests read. */
export const log: string[] = [];

const paths: Record<string, (url: URL, env: Env, ctx: Context) => unknown> = {
  "/now": () => iso(),

  // Waits in a loop until a key is there.
  "/poll": async (_, env) => {
    for (let tries = 1; ; tries++) {
      if ((await env.KV.get("ready")) !== null) return `${tries} tries, ${iso()}`;
      await sleep(60_000);
    }
  },

  "/interval": ({ searchParams }, _, ctx) => {
    const everyMs = Number(searchParams.get("every"));
    ctx.waitUntil(
      new Promise<void>((resolve) => {
        const timer = setInterval(() => {
          log.push(iso());
          if (searchParams.get("times") !== String(log.length)) return;
          clearInterval(timer);
          resolve();
        }, everyMs);
      }),
    );
    return "started";
  },

  // A slow answer from elsewhere, under a time limit.
  "/upstream": async ({ searchParams }) => {
    const signal = AbortSignal.timeout(5000);
    const response = await fetch(searchParams.get("url") ?? "", { signal });
    return `${await response.text()} ${iso()}`;
  },

  "/timeout": ({ searchParams }) =>
    new Promise((resolve) => {
      const signal = AbortSignal.timeout(Number(searchParams.get("ms")));
      signal.addEventListener("abort", () => resolve(`${signal.reason.name} ${iso()}`));
    }),

  "/digest": async () => {
    await sleep(1000);
    const timer = setTimeout(() => log.push("too late"), 1000);
    await crypto.subtle.digest("SHA-256", new Uint8Array(1_000_000));
    clearTimeout(timer);
    return iso();
  },

  "/stuck": () => new Promise(() => {}),
};

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export default {
  async fetch(request: Request, env: Env, ctx: Context): Promise<Response> {
    const url = new URL(request.url);
    const answer = await paths[url.pathname]?.(url, env, ctx);
    return new Response(String(answer));
  },
};
