// What a service binding looks like, and how it travels.

import { ServiceStub, WorkerEntrypoint } from "cloudflare:workers";
import { script } from "../../script.ts";

interface Stub {
  fetch: typeof fetch;
  [member: string]: unknown;
}

export class Taker extends WorkerEntrypoint {
  async use(stub: Stub): Promise<unknown> {
    const response = await stub.fetch("http://passed/");
    const greeting = await (stub["greet"] as (name: string) => Promise<string>)("taker");
    return [typeof stub, Object.prototype.toString.call(stub), await response.text(), greeting];
  }
  give(_: number): unknown {
    return { stub: (this.env as Record<string, unknown>)["GREETER"] };
  }
}

export class Greeter extends WorkerEntrypoint {
  override async fetch(): Promise<Response> {
    return new Response("greeter");
  }
  greet(name: string): string {
    return `hello ${name}`;
  }
  get mood(): string {
    return "good";
  }
}

export default script<{ GREETER: Stub; SAME: Stub; TAKER: Stub }>({
  id: "services-stub",
  compatibilityDate: "2026-11-01",
  config: {
    services: [
      { binding: "GREETER", service: "conformance", entrypoint: "Greeter" },
      { binding: "SAME", service: "conformance", entrypoint: "Greeter" },
      { binding: "TAKER", service: "conformance", entrypoint: "Taker" },
    ],
  },
  async run({ env, call, chain, make, note }) {
    const { GREETER, SAME, TAKER } = env;
    const prototype: object = Object.getPrototypeOf(GREETER);
    await note("class name", prototype.constructor.name);
    await note("its class", prototype.constructor === ServiceStub);
    await note("an instance", GREETER instanceof (ServiceStub as unknown as typeof Object));
    await note("tag", Object.prototype.toString.call(GREETER));
    await note("text", String(GREETER));
    await note("typeof", typeof GREETER);
    await note("own keys", Reflect.ownKeys(GREETER));
    const names: string[] = [];
    for (const name in GREETER) names.push(name);
    await note("for in", names);
    await note("JSON", JSON.stringify(GREETER) ?? "undefined");
    await note("the same object at each read", env.GREETER === env.GREETER);
    await note("two bindings of one entrypoint", GREETER === SAME);
    await note("anything in it", "anything" in GREETER);
    await note("then", typeof GREETER["then"]);
    await note("fetch", typeof GREETER.fetch);
    await note("dup", typeof GREETER["dup"]);
    await note("connect", typeof GREETER["connect"]);
    await note("queue and scheduled", [typeof GREETER["queue"], typeof GREETER["scheduled"]]);
    await note("a member", typeof GREETER["greet"]);
    await note("dispose", typeof (GREETER as unknown as Partial<Disposable>)[Symbol.dispose]);
    await call("new ServiceStub", ServiceStub, ["argument"]);

    await call("GREETER.greet", GREETER, ["you"]);
    const greet = GREETER["greet"] as () => unknown;
    await call("greet detached", { greet }, ["detached"]);
    await chain("GREETER.mood", { mood: GREETER["mood"] }, ["mood"]);
    await call("TAKER.use a binding", TAKER, [GREETER]);
    const member = Reflect.get(make<object>(TAKER, ["give", 2]), "stub") as Stub;
    await call("member.greet of a result", member, ["pipelined"]);
    const given = (await (TAKER["give"] as (n: number) => Promise<{ stub: Stub }>)(1)).stub;
    await note("a binding that was given", Object.prototype.toString.call(given));
    await call("given.fetch", given, ["http://given/", { headers: { "x-given": "1" } }]);
    GREETER["greet"] = () => "replaced";
    await call("GREETER.greet after an assignment", GREETER, [{ replaced: true }]);
  },
});
