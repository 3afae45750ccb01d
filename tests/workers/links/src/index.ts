// A link shortener: links live in D1, redirects are answered from KV, visits are counted after the answer.

import { app } from "./app.ts";

export default {
  fetch: app.fetch,
} satisfies ExportedHandler<Env>;
