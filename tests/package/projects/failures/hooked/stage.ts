import { env } from "cloudflare:workers";

export const stage = (): unknown => (env as { STAGE?: unknown }).STAGE;
