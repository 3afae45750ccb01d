interface Env {
  KV: KVNamespace;
  DB: D1Database;
}

export default {
  async fetch(request: Request, { KV, DB }: Env, ctx: ExecutionContext): Promise<Response> {
    switch (new URL(request.url).pathname) {
      case "/throws":
        throw new Error("thrown by the handler");
      case "/background":
        ctx.waitUntil(fail());
        break;
      case "/timer":
        setTimeout(() => {
          throw new Error("thrown by a timer");
        });
        ctx.waitUntil(new Promise((resolve) => setTimeout(resolve, 1)));
        break;
      case "/query":
        await DB.prepare("SELECT nothing").all();
        break;
      case "/key":
        await KV.get("");
        break;
      case "/outbound":
        await fetch("https://api.test/user");
        break;
      case "/no-response":
        return undefined as never;
    }
    return new Response("ok");
  },
};

async function fail(): Promise<void> {
  await Promise.resolve();
  throw new Error("thrown in waitUntil()");
}
