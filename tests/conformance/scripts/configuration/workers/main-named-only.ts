import { WorkerEntrypoint } from "cloudflare:workers";

export class Named extends WorkerEntrypoint {
  override fetch(): Response {
    return new Response("named");
  }
  greet(): string {
    return "hello from a named one";
  }
}

export class Plain {
  fetch(): Response {
    return new Response("a named class that extends nothing");
  }
}

export const object = {
  fetch(): Response {
    return new Response("a named object");
  },
};
