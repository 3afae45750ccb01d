// `vars` are JSON values as the configuration has them: text, numbers, booleans, null, lists and objects.

import { script } from "../../script.ts";

export default script({
  id: "variables-json",
  compatibilityDate: "2026-11-01",
  config: {
    vars: {
      TEXT: "plain text",
      EMPTY: "",
      NUMBER: 5,
      FRACTION: -0.5,
      YES: true,
      NOTHING: null,
      LIST: [1, "two", null, [3]],
      OBJECT: { b: 1, a: { deep: ["x"] }, 2: "index", "": "no name" },
    },
  },
  files: { ".dev.vars": 'SECRET="kept"\nNUMBER="6"\n' },
  async run({ env, call, chain, note }) {
    await note("names", Object.keys(env).sort());
    await note("class of env", Object.prototype.toString.call(env));
    for (const name of ["TEXT", "NUMBER", "NOTHING", "LIST", "OBJECT", "SECRET", "MISSING"]) {
      await call.with({ counts: false }, `Reflect.get ${name}`, Reflect, [env, name]);
    }
    await call("Reflect.has", Reflect, [env, "TEXT"]);
    await call("Object.getOwnPropertyDescriptor", Object, [env, "TEXT"]);
    await call("Object.isFrozen of env", Object, [env]);
    await call("Object.isExtensible of an object", Object, [env["OBJECT"]]);
    await call("JSON.stringify", JSON, [env["OBJECT"]]);
    await call("structuredClone", globalThis, [env["OBJECT"]]);
    await chain("LIST", env["LIST"], ["concat", [4]], ["join", "-"]);
    await note("the same object on each read", env["OBJECT"] === env["OBJECT"]);
  },
});
