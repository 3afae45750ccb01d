const text = await Promise.resolve("loaded after an await");

export default {
  fetch: (): Response => new Response(text),
};
