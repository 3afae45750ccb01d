interface Env {
  DB: D1Database;
}

export default {
  async fetch(_request: Request, { DB }: Env): Promise<Response> {
    await DB.prepare("INSERT INTO visits DEFAULT VALUES").run();
    const visits = await DB.prepare("SELECT count(*) AS count FROM visits").first("count");
    return Response.json({ visits });
  },
};
