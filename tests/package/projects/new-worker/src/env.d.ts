declare namespace Cloudflare {
  interface Env {
    SESSIONS: KVNamespace;
    DB: D1Database;
    GREETING: string;
    SECRET: string;
  }
}
interface Env extends Cloudflare.Env {}
