import { WorkerEntrypoint } from "cloudflare:workers";

export default class extends WorkerEntrypoint<Env> {
  override async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (request.method !== "POST" || pathname !== "/signup") {
      return new Response("Not found", { status: 404 });
    }
    const { email } = (await request.json()) as { email: string };
    const user = await this.env.DB.prepare("INSERT INTO users (email) VALUES (?) RETURNING id")
      .bind(email)
      .first<{ id: number }>();
    const session = crypto.randomUUID();
    await this.env.SESSIONS.put(session, String(user?.id), { expirationTtl: 3600 });
    return Response.json({ greeting: this.env.GREETING, session }, { status: 201 });
  }
}
