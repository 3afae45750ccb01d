// The `env` object itself: a plain, mutable object that lives as long as the isolate. The `env` of cloudflare:workers is
// another object that shows the members of the first.

import { env as imported } from "cloudflare:workers";
import { script } from "../../script.ts";

type Env = Record<string, unknown> & { OBJECT: object };

const importedEnv = imported as unknown as Record<string, unknown>;

export default script<Env>({
  id: "configuration-env",
  compatibilityDate: "2026-11-01",
  config: {
    vars: { TEXT: "text", SECOND: 2, "with-dash": "dash", "with.dot": "dot", OBJECT: { a: 1 } },
    kv_namespaces: [{ binding: "KV", id: "kv" }],
    d1_databases: [{ binding: "DB", database_id: "db", database_name: "db" }],
  },
  files: { ".dev.vars": "SECRET=kept\n" },
  async run({ env, call, chain, note }) {
    await note("the same object", env === importedEnv);
    await note("the same var", env.OBJECT === importedEnv["OBJECT"]);

    // The order is miniflare's: by kind of value, then by kind of binding.
    await chain("Object.keys", Object, ["keys", env], ["toSorted"]);
    await chain("Reflect.ownKeys", Reflect, ["ownKeys", env], ["toSorted"]);
    await note("for in", namesIn(env));
    await call("Object.isExtensible", Object, [env]);
    await call("Object.isSealed", Object, [env]);
    await note("prototype", Object.getPrototypeOf(env) === Object.prototype);
    await chain("hasOwnProperty", env, ["hasOwnProperty", "KV"]);
    await chain("propertyIsEnumerable", env, ["propertyIsEnumerable", "DB"]);
    await call("Reflect.has of an inherited member", Reflect, [env, "toString"]);
    await call("Reflect.get with a dash", Reflect, [env, "with-dash"]);
    await call("Reflect.get with a dot", Reflect, [env, "with.dot"]);
    await call("Reflect.get of a symbol", Reflect, [env, Symbol.toStringTag]);
    await call("Object.getOwnPropertyDescriptor of a dashed one", Object, [env, "with-dash"]);
    await note(
      "values are there",
      Object.values(env).every((value) => value !== undefined),
    );
    await note("kinds of descriptors", descriptorKinds(env));

    await call("Reflect.set of a var", Reflect, [env, "TEXT", "changed"]);
    await call("Reflect.set of a new member", Reflect, [env, "ADDED", 1]);
    await call("Reflect.defineProperty", Reflect, [
      env,
      "HIDDEN",
      { value: 1, configurable: true },
    ]);
    await call("Reflect.deleteProperty", Reflect, [env, "SECOND"]);
    await chain("Object.assign", Object, ["assign", env, { ADDED: "two", KV: "taken" }], ["KV"]);
    await note("after the changes", names(env));
    await note("what is imported has them too", [names(importedEnv), importedEnv["TEXT"]]);
    (env.OBJECT as Record<string, unknown>)["b"] = 2;
    await note("a change inside a var", [env.OBJECT, importedEnv["OBJECT"]]);

    await chain("imported", importedEnv, ["propertyIsEnumerable", "with-dash"]);
    importedEnv["FROM_IMPORT"] = "x";
    await note("is in the handler's", "FROM_IMPORT" in env);
    delete importedEnv["TEXT"];
    await note("what is left of it", [names(importedEnv), env["TEXT"]]);
    await chain("Object.freeze", Object, ["freeze", env], ["SECRET"]);
    await call("Reflect.set of a frozen env", Reflect, [env, "LATE", true]);
    await note("frozen for what is imported too", Object.isFrozen(importedEnv));
  },
});

function names(env: object): string[] {
  return Object.keys(env).sort();
}

function namesIn(env: object): string[] {
  const result: string[] = [];
  for (const name in env) result.push(name);
  return result.sort();
}

function descriptorKinds(env: object): unknown[] {
  return Object.entries(Object.getOwnPropertyDescriptors(env))
    .map(([name, { writable, enumerable, configurable }]) => [
      name,
      writable,
      enumerable,
      configurable,
    ])
    .sort();
}
