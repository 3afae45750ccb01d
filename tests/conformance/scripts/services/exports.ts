// The worker's own exports: `ctx.exports` and `exports` of `cloudflare:workers`.

import {
  exports as imported,
  DurableObject,
  RpcTarget,
  WorkerEntrypoint,
} from "cloudflare:workers";
import { script } from "../../script.ts";

interface Loopback {
  (options?: object): Loopback;
  fetch: typeof fetch;
  [member: string]: unknown;
}

export class Greeter extends WorkerEntrypoint {
  override async fetch(request: Request): Promise<Response> {
    return Response.json([request.url, this.ctx.props]);
  }
  greet(name: string): string {
    return `hello ${name}`;
  }
  props(_: string): unknown {
    return this.ctx.props;
  }
  own(_: string): string[] {
    return Object.keys((this.ctx as unknown as { exports: object }).exports).sort();
  }
}

export class Target extends RpcTarget {}

export class Unrelated {}

export const Handlers = {
  async fetch(): Promise<Response> {
    return new Response("handlers");
  },
  one(argument: unknown): unknown {
    return [argument];
  },
};

export const list = [1];
export function plain(): void {}

export default script({
  id: "services-exports",
  compatibilityDate: "2026-11-01",
  config: {
    services: [{ binding: "SELF", service: "conformance" }],
  },
  handlers: {
    async fetch(): Promise<Response> {
      return new Response("the default export");
    },
  },
  async run({ ctx, call, chain, note }) {
    const { exports } = ctx as { exports: Record<string, Loopback> };
    const shared = imported as unknown as Record<string, Loopback>;
    await note("names", Object.keys(exports).sort());
    await note("names of the import", Object.keys(shared).sort());
    await note("the same object", exports === shared);
    await note("the same members", exports["Greeter"] === shared["Greeter"]);
    await note("the same at each read", exports["Greeter"] === exports["Greeter"]);
    await note("tag", Object.prototype.toString.call(exports));
    for (const name of ["Greeter", "Handlers", "default"]) {
      const found = exports[name] as object;
      await note(`${name}`, [
        typeof found,
        Object.prototype.toString.call(found),
        (Object.getPrototypeOf(found) as object).constructor.name,
      ]);
    }
    await note("a missing one", typeof exports["Missing"]);
    const Greeter = exports["Greeter"] as Loopback;
    await call("Greeter.greet through exports", Greeter, ["me"]);
    await call("Greeter.props without", Greeter, ["through exports"]);
    await call("Greeter.own", Greeter, ["exports"]);
    await call("Greeter.fetch", Greeter, ["http://greeter/path", { headers: { "x-e": "1" } }]);
    const bound = Greeter({ props: { role: "reader" } });
    await note("a bound one", [
      typeof bound,
      Object.prototype.toString.call(bound),
      (Object.getPrototypeOf(bound) as object).constructor.name,
    ]);
    await call("bound.props", bound, [{ bound: true }]);
    await call("bound.fetch", bound, ["http://greeter/path", { headers: { "x-e": "bound" } }]);
    for (const options of [{}, { props: {} }, { props: { n: 1, list: [{}] } }, { props: 5 }]) {
      await chain("bound with options", { Greeter }, ["Greeter", options], ["props", "x"]);
    }
    await chain(
      "bound with a function",
      { Greeter },
      ["Greeter", { props: { f: () => 1 } }],
      ["props", "x"],
    );
    await chain("bound without options", { Greeter }, ["Greeter", undefined], ["props", "x"]);
    await chain("bound with a number", { Greeter }, ["Greeter", 5], ["props", "x"]);
    const main = exports["default"] as Loopback;
    await call("default.fetch", main, ["http://main/", { headers: { "x-e": "main" } }]);
    const Handlers = exports["Handlers"] as Loopback;
    await call("Handlers.fetch", Handlers, ["http://main/", { headers: { "x-e": "handlers" } }]);
    await call("Handlers.one", Handlers, ["through exports"]);
    await call("shared.greet through the import", shared["Greeter"], ["import", 1]);
  },
});
