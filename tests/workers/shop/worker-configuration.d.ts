interface Env {
  CURRENCY: string;
  ORDERS: KVNamespace;
  AUTH: Service<import("./auth/src/index.ts").Auth>;
  LOGIN: Fetcher;
  MAIL: Fetcher;
  SECRET: string;
  SESSIONS: KVNamespace;
}

declare namespace Cloudflare {
  interface Env {
    SECRET: string;
  }
}
