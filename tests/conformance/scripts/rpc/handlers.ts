// Entrypoints that are plain objects: their functions are called as (argument, env, ctx).

import { script } from "../../script.ts";
import { read } from "./helpers/read.ts";

export const Handlers = {
  async fetch() {
    return new Response("handlers");
  },
  text: "a property",
  nested: { value: 1 },
  none() {
    return "no parameters";
  },
  one(argument: unknown) {
    return [argument];
  },
  two(argument: unknown, env: object) {
    return [argument, Object.keys(env)];
  },
  three(argument: unknown, env: object, ctx: { waitUntil: unknown }) {
    return [argument, Object.keys(env), typeof ctx.waitUntil];
  },
  four(_argument: unknown, _env: object, _ctx: object, _more: unknown) {
    return "never";
  },
  optional(argument = "default") {
    return argument;
  },
};

export default script<{ SELF: Record<string, unknown> }>({
  id: "rpc-handlers",
  compatibilityDate: "2026-11-01",
  config: { services: [{ binding: "SELF", service: "conformance", entrypoint: "Handlers" }] },
  async run({ env: { SELF }, call }) {
    await call("SELF.none", SELF, ["argument"]);
    await call("SELF.one", SELF, [{ a: 1 }]);
    await call("SELF.two", SELF, [[1]]);
    await call("SELF.three", SELF, [null]);
    await call("SELF.four", SELF, ["argument"]);
    await call("SELF.optional", SELF, [undefined]);
    await call("SELF.one without arguments", SELF, []);
    await call("SELF.one with two arguments", SELF, [1, 2]);
    await call("SELF.two with two arguments", SELF, ["one", "two"]);
    await call("SELF.text", SELF, [{ called: 1 }]);
    await call("SELF.missing", SELF, ["argument"]);
    await call("SELF.toString", SELF, []);
    for (const name of ["text", "nested", "missing", "one"]) {
      await call(`read.member ${name} of an object of handlers`, read, [SELF, { [name]: 1 }]);
    }
  },
});
