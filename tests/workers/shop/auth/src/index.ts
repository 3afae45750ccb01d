import { env, RpcTarget, WorkerEntrypoint } from "cloudflare:workers";
import { Hono } from "hono";
import { countRequest } from "../../shared/requests.ts";

/** What a token stands for: a stub at the caller's side. */
export class Session extends RpcTarget {
  readonly #user: string;
  #visits = 0;

  constructor(user: string) {
    super();
    this.#user = user;
  }

  get user(): string {
    return this.#user;
  }

  visit(): number {
    return ++this.#visits;
  }
}

export class AuthError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = "AuthError";
    this.code = code;
  }
}

export class Auth extends WorkerEntrypoint<Env, { caller?: string }> {
  async login(user: string): Promise<string> {
    const token = `${user}:${this.env.SECRET}`;
    await this.env.SESSIONS.put(token, user);
    return token;
  }

  async session(token: string): Promise<Session> {
    const user = await this.env.SESSIONS.get(token);
    if (user === null) throw new AuthError("no_session", `nobody has the token ${token}`);
    return new Session(user);
  }

  /** Gives a function, which runs here when the caller calls it. */
  greeter(greeting: string): (name: string) => string {
    return (name) => `${greeting}, ${name}, from ${this.ctx.props.caller ?? "nobody"}`;
  }

  /** Calls a function of the caller's. */
  async each(users: string[], callback: (user: string) => Promise<string>): Promise<string[]> {
    return Promise.all(users.map((user) => callback(user)));
  }

  requests(): number {
    return countRequest();
  }

  secret(): string {
    return env.SECRET;
  }
}

const app = new Hono<{ Bindings: Env }>();

app.get("/login", (c) => c.json({ name: c.req.query("name"), requests: countRequest() }));
app.get("/old", (c) => c.redirect("/login?name=old"));
app.get("/fail", () => {
  throw new AuthError("broken", "login is broken");
});
app.onError((error) => {
  throw error;
});

export default app;
