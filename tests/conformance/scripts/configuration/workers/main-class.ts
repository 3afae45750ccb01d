import { WorkerEntrypoint } from "cloudflare:workers";

export default class extends WorkerEntrypoint<{ form: string }> {
  override fetch(request: Request): Response {
    return new Response(`a ${this.env.form} for ${request.method}`);
  }
  greet(options: object): string {
    return `hello from a ${this.env.form}: ${Object.keys(options).join()}`;
  }
}
