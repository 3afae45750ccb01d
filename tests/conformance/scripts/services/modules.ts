// What `cloudflare:workers` exports, and its functions.

import * as workers from "cloudflare:workers";
import { script } from "../../script.ts";

const module = workers as unknown as Record<string, unknown> & {
  env: Record<string, unknown>;
  exports: Record<string, unknown>;
  waitUntil(...args: unknown[]): void;
  withEnv(env: unknown, body: () => unknown): unknown;
  withExports(exports: unknown, body: () => unknown): unknown;
  withEnvAndExports(env: unknown, exports: unknown, body: () => unknown): unknown;
};
const { env: outer } = module;

export default script<Record<string, unknown>>({
  id: "services-modules",
  compatibilityDate: "2026-11-01",
  config: {
    vars: { TEXT: "text", JSON: { deep: { list: [1] } } },
    services: [{ binding: "SELF", service: "conformance" }],
  },
  async run({ env, call, note }) {
    const kinds = Object.keys(module)
      .sort()
      .map((name) => [name, typeof module[name]]);
    await note("exports", kinds);
    for (const name of ["RpcStub", "RpcPromise", "RpcProperty", "RpcTarget", "ServiceStub"]) {
      const Class = module[name] as { prototype: object; name: string };
      await note(`${name}`, [Class.name, Object.prototype.toString.call(Class.prototype)]);
    }
    for (const name of ["WorkerEntrypoint", "DurableObject", "WorkflowEntrypoint"]) {
      const Class = module[name] as { prototype: object; name: string };
      await note(`${name}`, [Class.name, Object.prototype.toString.call(Class.prototype)]);
    }
    for (const name of ["cache", "tracing"]) {
      const object = module[name] as object;
      const members: string[] = [];
      for (const member in object) members.push(member);
      await note(`${name}`, [Object.prototype.toString.call(object), members]);
    }

    const tracing = module["tracing"] as Record<string, unknown>;
    await call("tracing.enterSpan", tracing, [
      "span",
      (span: Record<string, unknown>, ...more: unknown[]) => {
        const members: string[] = [];
        for (const member in span) members.push(member);
        return [Object.prototype.toString.call(span), members, more, span["isTraced"]];
      },
      "argument",
    ]);
    await call("tracing.enterSpan that throws", tracing, [
      "span",
      () => {
        throw new RangeError("in a span");
      },
    ]);
    await call("tracing.enterSpan without a function", tracing, ["span"]);
    await note("env", [outer === env, Object.keys(outer).sort(), outer["TEXT"]]);
    await note("JSON of env", outer["JSON"] === env["JSON"]);
    await note("in env", ["TEXT" in outer, "NONE" in outer, outer["NONE"] === undefined]);
    outer["ADDED"] = "added";
    await note("after an assignment", [outer["ADDED"], env["ADDED"] === undefined]);
    delete outer["ADDED"];
    await note("after a deletion", "ADDED" in outer);

    const see = () => [Object.keys(outer).sort(), outer["TEXT"] ?? null];
    const { withEnv, withExports, withEnvAndExports } = module;
    await call("module.withEnv", { withEnv }, [{ TEXT: "other" }, see]);
    await call("module.withEnv later", { withEnv }, [
      { TEXT: "later" },
      async () => {
        await Promise.resolve();
        return see();
      },
    ]);
    await call("module.withEnv inside", { withEnv }, [
      { TEXT: "outer" },
      () => [see(), withEnv({ TEXT: "inner", MORE: 1 }, see), see()],
    ]);
    await call("module.withEnv that throws", { withEnv }, [
      { TEXT: "thrown" },
      () => {
        throw new RangeError("thrown inside");
      },
    ]);
    await note("env afterwards", see());
    await call("module.withEnv of a number", { withEnv }, [5, see]);
    await call("module.withEnv of null", { withEnv }, [null, see]);
    await call("module.withEnv without a function", { withEnv }, [{}, 5]);
    await call("module.withEnv of nothing", { withEnv }, []);
    await call("module.withEnv written to", { withEnv }, [
      { TEXT: "written" },
      () => {
        outer["NEW"] = 1;
        return see();
      },
    ]);
    await note("env after that", see());
    const names = () => Object.keys(module.exports).sort();
    await note("exports", names());
    await call("module.withExports", { withExports }, [{ Own: 1 }, names]);
    await call("module.withEnvAndExports", { withEnvAndExports }, [
      { TEXT: "both" },
      { Both: 1 },
      () => [see(), names()],
    ]);
    const { waitUntil } = module;
    await call("module.waitUntil", { waitUntil }, [Promise.resolve(1)]);
    await call("module.waitUntil of nothing", { waitUntil }, []);
    await call("module.waitUntil of a number", { waitUntil }, [5]);
  },
});
