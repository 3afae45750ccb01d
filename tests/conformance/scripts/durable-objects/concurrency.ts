// Events at once: what the gates let in, and in which order.

import { DurableObject } from "cloudflare:workers";
import { script } from "../../script.ts";
import { configOf } from "./support/inside.ts";

type Env = { OBJECTS: DurableObjectNamespace<Gated> };

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export class Gated extends DurableObject<Env> {
  readonly log: string[] = [];
  plain = 0;

  async increment(depth: number): Promise<number> {
    const read = async (level: number): Promise<number> =>
      level === 0 ? ((await this.ctx.storage.get<number>("n")) ?? 0) : read(level - 1);
    const n = (await read(depth)) + 1;
    await this.ctx.storage.put("n", n);
    return n;
  }
  async racy(ms: number): Promise<number> {
    const before = this.plain;
    await wait(ms);
    return (this.plain = before + 1);
  }
  async enter(name: string, ms: number): Promise<string[]> {
    this.log.push(`${name} in`);
    await wait(ms);
    this.log.push(`${name} out`);
    return this.log.slice();
  }
  async block(name: string, ms: number): Promise<unknown> {
    return this.ctx.blockConcurrencyWhile(async () => {
      this.log.push(`${name} blocks`);
      await wait(ms);
      this.log.push(`${name} unblocks`);
      return name;
    });
  }
  async order(): Promise<string[]> {
    const order: string[] = [];
    const first = this.ctx.blockConcurrencyWhile(async () => {
      order.push("first starts");
      await wait(2);
      order.push("first ends");
    });
    const second = this.ctx.blockConcurrencyWhile(async () => {
      order.push("second starts");
      await this.ctx.blockConcurrencyWhile(async () => {
        order.push("nested");
      });
      order.push("second ends");
    });
    order.push("after the calls");
    await Promise.all([first, second]);
    return order;
  }
  async synchronous(): Promise<unknown> {
    return this.ctx.blockConcurrencyWhile((() => 5) as unknown as () => Promise<number>);
  }
  async refused(value: unknown): Promise<unknown> {
    return this.ctx.blockConcurrencyWhile(value as () => Promise<unknown>);
  }
  async selfCall(): Promise<number> {
    await this.ctx.storage.put("n", 100);
    return this.env.OBJECTS.get(this.ctx.id).increment(0);
  }
  async throwsInside(): Promise<string> {
    try {
      await this.ctx.blockConcurrencyWhile(async () => {
        throw new TypeError("inside");
      });
    } catch (error) {
      return `caught ${String(error)}`;
    }
    return "not thrown";
  }
  async background(): Promise<void> {
    setTimeout(() => void this.log.push("timer after return"), 5);
    void (async () => {
      await wait(5);
      this.log.push("promise after return");
    })();
    this.ctx.waitUntil(wait(1));
  }
  async waits(value: unknown): Promise<unknown> {
    return this.ctx.waitUntil(value as Promise<unknown>) as unknown;
  }
  async interval(): Promise<void> {
    const timer = setInterval(() => {
      this.log.push("tick");
      if (this.log.filter((line) => line === "tick").length === 3) clearInterval(timer);
    }, 1);
  }
  getLog(): string[] {
    return this.log;
  }
}

export class Slow extends DurableObject {
  readonly ready: string[] = [];
  constructor(ctx: DurableObjectState, env: unknown) {
    super(ctx, env);
    this.ready.push("constructed");
    void ctx.blockConcurrencyWhile(async () => {
      await wait(5);
      this.ready.push("initialised");
    });
  }
  async state(): Promise<string[]> {
    return this.ready;
  }
}

export default script<Env & { SLOW: DurableObjectNamespace<Slow> }>({
  id: "durable-objects-concurrency",
  compatibilityDate: "2026-11-01",
  config: {
    durable_objects: {
      bindings: [
        { name: "OBJECTS", class_name: "Gated" },
        { name: "SLOW", class_name: "Slow" },
      ],
    },
    migrations: [
      ...(configOf("Gated")["migrations"] as object[]),
      { tag: "v2", new_sqlite_classes: ["Slow"] },
    ],
  },
  async run({ env: { OBJECTS, SLOW }, call, note, until }) {
    for (const depth of [0, 1, 2, 7, 20]) {
      const stub = OBJECTS.getByName(`depth ${depth}`);
      const results = await Promise.all([1, 2, 3, 4, 5].map(() => stub.increment(depth)));
      await note(`five at once, ${depth} deep`, results);
    }
    const racy = OBJECTS.getByName("racy");
    await note("timers let others in", await Promise.all([1, 2, 3].map(() => racy.racy(5))));
    const open = OBJECTS.getByName("open");
    await note("interleaved", await Promise.all([open.enter("a", 10), open.enter("b", 2)]));
    const blocked = OBJECTS.getByName("blocked");
    await blocked.getLog();
    await Promise.all([blocked.block("a", 5), blocked.enter("b", 1), blocked.block("c", 1)]);
    await note("blocked", await blocked.getLog());
    await note("order", await OBJECTS.getByName("order").order());
    await call("stub.synchronous", OBJECTS.getByName("sync"), [1]);
    await call("stub.refused a number", OBJECTS.getByName("number"), [5]);
    await call("stub.refused undefined", OBJECTS.getByName("undefined"), [undefined]);
    await call("stub.block gives the result", OBJECTS.getByName("result"), ["x", 0]);
    await call("stub.selfCall", OBJECTS.getByName("self"), [1]);
    await note("constructor", await SLOW.getByName("slow").state());
    const thrown = OBJECTS.getByName("thrown");
    await call("thrown.throwsInside", thrown, [1]);
    await call("thrown.enter on the same stub", thrown, ["again", 0]);
    await call("stub.enter on a new stub", OBJECTS.getByName("thrown"), ["new", 1]);
    const background = OBJECTS.getByName("background");
    await background.background();
    await until(async () => (await background.getLog()).length === 2);
    await note("after return", (await background.getLog()).slice().sort());
    for (const value of [5, undefined, null, {}]) {
      await call("stub.waits", OBJECTS.getByName("waits"), [value]);
    }
    const interval = OBJECTS.getByName("interval");
    await interval.interval();
    await until(async () => (await interval.getLog()).length >= 3);
    await note("interval", await interval.getLog());
  },
});
