interface Env {
  AI: { run(model: string, input: object): Promise<{ response: string }> };
  GREETING: string;
}

export default {
  async fetch(_request: Request, env: Env): Promise<Response> {
    const { response } = await env.AI.run("@cf/meta/llama-3-8b-instruct", { prompt: env.GREETING });
    return new Response(response);
  },
};
