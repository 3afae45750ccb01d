// What leaves an object and when, and what several objects do with each other.

import { DurableObject } from "cloudflare:workers";
import { script } from "../../script.ts";
import { configOf } from "./support/inside.ts";

type Env = { OBJECTS: DurableObjectNamespace<Node> };

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export class Node extends DurableObject<Env> {
  readonly log: string[] = [];

  say(text: string): string {
    this.log.push(text);
    return text;
  }
  getLog(): string[] {
    return this.log;
  }
  async relay(path: string[], text: string): Promise<string> {
    const [next, ...rest] = path;
    if (next === undefined) return this.say(text);
    return `${next}/${await this.env.OBJECTS.getByName(next).relay(rest, text)}`;
  }
  async callThenAbort(): Promise<void> {
    void this.ctx.storage.put("lost", 1);
    void this.env.OBJECTS.getByName("witness").say("after a lost write");
    this.ctx.abort("reset");
  }
  async callBeforeAbort(): Promise<void> {
    void this.env.OBJECTS.getByName("witness").say("before any write");
    await wait(5);
    this.ctx.abort("reset");
  }
  async counts(names: string[]): Promise<unknown> {
    const stubs = names.map((name) => this.env.OBJECTS.getByName(name));
    return Promise.all(stubs.map((stub, i) => stub.say(`call ${i}`)));
  }
  async inOrder(): Promise<string[]> {
    const other = this.env.OBJECTS.getByName("ordered");
    await Promise.all([1, 2, 3, 4, 5].map((i) => other.say(String(i))));
    return other.getLog();
  }
  async mutual(name: string, depth: number): Promise<number> {
    if (depth === 0) return 0;
    const me = this.ctx.id.name ?? "";
    return 1 + (await this.env.OBJECTS.getByName(name).mutual(me, depth - 1));
  }
  async callback(f: (n: number) => Promise<number>): Promise<number> {
    return (await f(1)) + (await f(2));
  }
  async giveCallback(): Promise<unknown> {
    let n = 0;
    const result = await this.env.OBJECTS.getByName("other").callback(async (by: number) => {
      n += by;
      await this.ctx.storage.put("n", n);
      return n;
    });
    return [result, n, await this.ctx.storage.get("n")];
  }
  async failing(): Promise<string> {
    try {
      await this.env.OBJECTS.getByName("thrower").thrower();
    } catch (error) {
      const { name, message, remote, durableObjectId } = error as Error & Record<string, unknown>;
      const names = ["thrower", "catcher"].filter(
        (each) => durableObjectId === String(this.env.OBJECTS.idFromName(each)),
      );
      return JSON.stringify([name, message, remote, typeof durableObjectId, names]);
    }
    return "nothing thrown";
  }
  thrower(): never {
    throw new RangeError("from below");
  }
  async failThrough(): Promise<unknown> {
    return this.env.OBJECTS.getByName("thrower").thrower();
  }
  async stubOut(): Promise<unknown> {
    return this.env.OBJECTS.getByName("handed");
  }
  async viaFetch(): Promise<string> {
    const response = await this.env.OBJECTS.getByName("fetched").fetch("http://object/x");
    return response.text();
  }
  override async fetch(request: Request): Promise<Response> {
    await this.ctx.storage.put("seen", request.url);
    return new Response(`fetched ${request.url}`);
  }
  async heldBack(): Promise<string[]> {
    const order: string[] = [];
    const called = this.env.OBJECTS.getByName("slow")
      .slow(5)
      .then(() => order.push("answer"));
    const timer = wait(5).then(() => order.push("timer"));
    await this.ctx.blockConcurrencyWhile(async () => {
      await wait(30);
      order.push("section ends");
    });
    await Promise.all([called, timer]);
    return order.slice(0, 1).concat(order.slice(1).sort());
  }
  async slow(ms: number): Promise<void> {
    await wait(ms);
  }
  async inside(): Promise<unknown> {
    return this.ctx.blockConcurrencyWhile(async () => {
      const answer = await this.env.OBJECTS.getByName("inner").say("called from a section");
      await this.ctx.storage.put("a", answer);
      return this.ctx.storage.transaction(async (txn) => txn.get("a"));
    });
  }
}

export default script<Env>({
  id: "durable-objects-gates",
  compatibilityDate: "2026-11-01",
  config: configOf("Node"),
  async run({ env: { OBJECTS }, call, chain, note, until }) {
    await call("stub.relay", OBJECTS.getByName("a"), [["b", "c"], "hello"]);
    await call("stub.relay to itself", OBJECTS.getByName("a"), [["a"], "me"]);
    await chain("callThenAbort", OBJECTS.getByName("sender"), ["callThenAbort", 1]);
    await chain("callBeforeAbort", OBJECTS.getByName("sender"), ["callBeforeAbort", 1]);
    await until(async () => (await OBJECTS.getByName("witness").getLog()).length > 0);
    await note("what arrived", await OBJECTS.getByName("witness").getLog());
    await call("stub.counts", OBJECTS.getByName("many"), [["x", "y", "z"]]);
    await note(
      "calls of one object to another come in order",
      await OBJECTS.getByName("caller").inOrder(),
    );
    await call("stub.mutual", OBJECTS.getByName("left"), ["right", 6]);
    await call("stub.giveCallback", OBJECTS.getByName("giver"), [1]);
    await call("stub.failing", OBJECTS.getByName("catcher"), [1]);
    await call("stub.failThrough", OBJECTS.getByName("passer"), [1]);
    await chain("a returned stub", OBJECTS.getByName("out"), ["stubOut", 1], ["say", "through"]);
    await call("stub.viaFetch", OBJECTS.getByName("fetcher"), [1]);
    await call("stub.heldBack", OBJECTS.getByName("held"), [1]);
    await call("stub.inside", OBJECTS.getByName("section"), [1]);
  },
});
