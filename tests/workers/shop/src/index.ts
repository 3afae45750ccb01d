import { Hono } from "hono";
import { countRequest } from "../shared/requests.ts";

const app = new Hono<{ Bindings: Env }>();

app.get("/login/:name", async (c) => {
  const { name } = c.req.param();
  const token = await c.env.AUTH.login(name);
  // Both calls leave at once: the second one is made on the result of the first.
  const visits = await c.env.AUTH.session(token).visit();
  return c.json({ token, visits, requests: countRequest() });
});

app.get("/whoami", async (c) => {
  const session = await c.env.AUTH.session(c.req.header("authorization") ?? "");
  return c.text(await session.user);
});

app.get("/page", (c) => c.env.LOGIN.fetch("https://auth/old"));

app.get("/mail", async (c) => {
  await c.env.MAIL.fetch("https://mail/send");
  return c.text("sent");
});

app.onError((error, c) => {
  const { name, message, code, remote } = error as Error & { code?: string; remote?: boolean };
  return c.json({ name, message, code, remote }, 500);
});

export default app;
