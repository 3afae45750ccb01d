import { describe, expect, test } from "bun:test";

import { type LoadOptions, loadWorkerConfig } from "../../../runtime/config/load.ts";
import { createFolder } from "./folder.ts";

const load = (path: string, more: Partial<LoadOptions> = {}) =>
  loadWorkerConfig({ from: [path], processEnv: {}, ...more });

describe("loadWorkerConfig", () => {
  test("searches from the test file first, and from the working directory second", () => {
    using folder = createFolder({
      "packages/a/wrangler.toml": 'name = "a"',
      "packages/a/test/x": "",
      "elsewhere/x": "",
    });
    using other = createFolder({ "wrangler.jsonc": '{ "name": "b" }' });
    const both = (first: string) => load("", { from: [first, other.path] }).name;
    expect(both(folder.at("packages/a/test"))).toBe("a");
    expect(both(folder.at("elsewhere"))).toBe("b");
  });

  test("takes a named file without searching or following a redirect", () => {
    using folder = createFolder({
      "wrangler.json": '{ "name": "found" }',
      "other.jsonc": '{ "name": "named", "main": "src/a.ts" }',
      ".wrangler/deploy/config.json": '{ "configPath": "../../wrangler.json" }',
    });
    const config = load(folder.path, { file: folder.at("other.jsonc") });
    expect(config).toMatchObject({
      name: "named",
      file: folder.at("other.jsonc"),
      directory: folder.path,
      main: folder.at("src/a.ts"),
      environment: null,
    });
  });

  test("leaves a redirect alone when it is told to", () => {
    using folder = createFolder({
      "wrangler.json": '{ "name": "source" }',
      "dist/wrangler.json": '{ "name": "built" }',
      ".wrangler/deploy/config.json": '{ "configPath": "../../dist/wrangler.json" }',
    });
    expect(load(folder.path).name).toBe("built");
    expect(load(folder.path, { redirect: false }).name).toBe("source");
  });

  test("gives values by their paths, and undefined for what is absent", () => {
    using folder = createFolder({
      "wrangler.json": '{ "queues": { "consumers": [{ "queue": "q" }] }, "name": "w" }',
    });
    const config = load(folder.path);
    expect(config.get("queues.consumers")).toEqual([{ queue: "q" }]);
    expect(config.get("queues.producers")).toBeUndefined();
    expect(config.get("name.length")).toBeUndefined();
    expect(config.get("constructor")).toBeUndefined();
    expect(config.get("env")).toBeUndefined();
  });

  test("has a name and no entry point when the configuration gives none", () => {
    using folder = createFolder({ "wrangler.json": "{}" });
    expect(load(folder.path)).toMatchObject({ name: "worker", main: null });
  });

  test("gives JSON variables that are like any other object", () => {
    using folder = createFolder({ "wrangler.toml": "[vars.LIMITS]\nhour = { count = 5 }" });
    const { LIMITS } = load(folder.path).variables;
    expect(LIMITS).toEqual({ hour: { count: 5 } });
    expect(Object.getPrototypeOf(LIMITS)).toBe(Object.prototype);
  });
});

describe("warnings", () => {
  const warningsOf = (data: object, files: Readonly<Record<string, string>> = {}, env?: string) => {
    using folder = createFolder({ "wrangler.json": JSON.stringify(data), ...files });
    return load(folder.path, { environment: env }).warnings.map(
      ({ path, message }) => `${path.join(".")}: ${message}`,
    );
  };

  test("name what an environment does not inherit", () => {
    const data = {
      vars: { A: "1", B: "2" },
      kv_namespaces: [{ binding: "KV" }, { binding: "OTHER" }],
      d1_databases: [{ binding: "DB" }],
      env: { staging: { vars: { A: "2" }, kv_namespaces: [{ binding: "KV" }] } },
    };
    expect(warningsOf(data, {}, "staging")).toEqual([
      "env.staging.vars: lacks B, which the top level has and which is not inherited",
      "env.staging.kv_namespaces: lacks OTHER, which the top level has and which is not inherited",
      "d1_databases: is not inherited: env.staging has none unless it repeats it",
    ]);
    expect(warningsOf(data)).toEqual([]);
  });

  test("name unknown keys with the nearest spelling", () => {
    expect(warningsOf({ kv_namespace: [], zzzzzz: 1 })).toEqual([
      'kv_namespace: is not a known key, did you mean "kv_namespaces"?',
      "zzzzzz: is not a known key",
    ]);
  });

  test("tell of an environment that is not there, and of custom domains that one inherits", () => {
    expect(warningsOf({}, {}, "staging")).toEqual([
      ': there is no environment "staging", so the top level is used for it',
    ]);
    const routes = [{ pattern: "a.test", custom_domain: true }, "b.test/*"];
    expect(warningsOf({ routes, env: { staging: {} } }, {}, "staging")).toEqual([
      "routes: env.staging inherits the custom domains a.test and would take them over",
    ]);
  });

  test("name required secrets without a value", () => {
    const data = { secrets: { required: ["A", "B"] } };
    expect(warningsOf(data, { ".dev.vars": "A=1" })).toEqual([
      "secrets.required: B has no value: add it to .dev.vars or .env, or set it in the environment",
    ]);
  });
});
