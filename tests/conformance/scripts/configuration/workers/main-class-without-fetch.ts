import { WorkerEntrypoint } from "cloudflare:workers";

export default class extends WorkerEntrypoint {
  greet(): string {
    return "hello";
  }
}
