import { expect, test } from "bun:test";
import { utimesSync } from "node:fs";

import { readConfigToKeep } from "../../../runtime/config/keep.ts";
import { type KeptConfig, reviveConfig } from "../../../runtime/config/kept.ts";
import type { WorkerConfig } from "../../../runtime/config/types.ts";
import { createFolder, type Folder } from "./folder.ts";

type Env = Record<string, string>;

function keep(folder: Folder, environment?: string, processEnv: Env = {}) {
  return readConfigToKeep({ from: [folder.at("tests"), folder.path], environment, processEnv });
}

// As an image holds it.
function stored(kept: KeptConfig | null): KeptConfig {
  return JSON.parse(JSON.stringify(kept)) as KeptConfig;
}

function factsOf(config: WorkerConfig | null) {
  if (config === null) return null;
  const { file, name, main, environment, variables, warnings } = config;
  const { line } = config.error("config_invalid", ["vars", "A"], { what: "is wrong" });
  const flag = config.compatibility.has("url_standard");
  const bindings = config.get("durable_objects.bindings");
  return { file, name, main, environment, variables, warnings, line, flag, bindings };
}

/** Changes a file as if a second later. */
function rewrite(folder: Folder, name: string, content: string): void {
  const later = new Date(Date.now() + 1000);
  utimesSync(folder.write(name, content), later, later);
}

const TOML = `name = "w"
main = "src/index.ts"
compatibility_flags = ["url_original"]
[vars]
A = { b = 1 }
[env.staging]
vars = { A = "2" }
[[durable_objects.bindings]]
name = "D"
class_name = "D"`;

for (const environment of [undefined, "staging"]) {
  test(`a revived configuration is the one that was read (${environment ?? "top"})`, () => {
    using folder = createFolder({ "wrangler.toml": TOML, "tests/a.test.ts": "" });
    const { config, kept } = keep(folder, environment);
    expect(factsOf(reviveConfig(stored(kept), {}))).toEqual(factsOf(config));
  });
}

test("each revival has values of its own", () => {
  using folder = createFolder({ "wrangler.toml": TOML });
  const { kept } = keep(folder);
  const first = reviveConfig(stored(kept), {});
  Object.assign(first?.variables["A"] as object, { b: 2 });
  expect(reviveConfig(stored(kept), {})?.variables["A"]).toEqual({ b: 1 });
});

test("nothing is revived after the configuration changed, or another came to be nearer", () => {
  using folder = createFolder({ "wrangler.toml": TOML, "tests/a.test.ts": "" });
  const { kept } = keep(folder);
  expect(reviveConfig(stored(kept), {})).not.toBeNull();
  rewrite(folder, "wrangler.toml", 'name = "changed"');
  expect(reviveConfig(stored(kept), {})).toBeNull();

  const again = keep(folder).kept;
  folder.write("tests/wrangler.toml", 'name = "nearer"');
  const later = new Date(Date.now() + 1000);
  utimesSync(folder.at("tests"), later, later);
  expect(reviveConfig(stored(again), {})).toBeNull();
});

test("local variables are never kept, and read anew each time", () => {
  using folder = createFolder({ "wrangler.toml": TOML, ".dev.vars": "SECRET=hidden" });
  const { config, kept } = keep(folder);
  expect(config.variables["SECRET"]).toBe("hidden");
  expect(JSON.stringify(kept)).not.toContain("hidden");
  rewrite(folder, ".dev.vars", "SECRET=other");
  expect(reviveConfig(stored(kept), {})?.variables["SECRET"]).toBe("other");
});

test("a file of local variables that was not to be loaded is, when nobody says so any more", () => {
  using folder = createFolder({ "wrangler.toml": TOML, ".env": "LOCAL=1" });
  const { config, kept } = keep(folder, undefined, {
    CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV: "false",
  });
  expect(config.variables["LOCAL"]).toBeUndefined();
  expect(reviveConfig(stored(kept), {})?.variables["LOCAL"]).toBe("1");
});

test("nothing is revived after a build tool has redirected the configuration", () => {
  using folder = createFolder({ "wrangler.toml": TOML, ".wrangler/deploy/other.json": "{}" });
  const { kept } = keep(folder);
  expect(reviveConfig(stored(kept), {})).not.toBeNull();
  folder.write(".wrangler/deploy/config.json", '{ "configPath": "other.json" }');
  expect(reviveConfig(stored(kept), {})).toBeNull();
});

test("variables of the process count when they are asked for later", () => {
  using folder = createFolder({ "wrangler.toml": TOML });
  const { kept } = keep(folder);
  const processEnv = { CLOUDFLARE_INCLUDE_PROCESS_ENV: "true", MORE: "1" };
  expect(reviveConfig(stored(kept), processEnv)?.variables["MORE"]).toBe("1");
});

test.each(["vars = { A = inf }", "no_such_key = 2026-11-01"])(
  "what JSON cannot hold is not kept: %s",
  (line) => {
    using folder = createFolder({ "wrangler.toml": line });
    expect(keep(folder).kept).toBeNull();
  },
);

test("a refusal is not kept", () => {
  using folder = createFolder({ "wrangler.toml": "main = 5" });
  expect(() => keep(folder)).toThrow("must be a string");
});

test("what is derived from a configuration is kept with it, and each revival has its own", () => {
  using folder = createFolder({ "wrangler.toml": TOML });
  const { config, kept } = keep(folder);
  if (kept === null) throw new Error("nothing was kept");
  const made = config.derive("kind", () => [{ id: config.name }]);
  const again = () =>
    reviveConfig(stored(kept), {})?.derive("kind", (): typeof made => {
      throw new Error("made once more");
    });
  const first = again();
  expect(first).toEqual(made);
  first?.push({ id: "other" });
  expect(again()).toEqual(made);
});

test("what is no plain data, or asks for variables of the process, is derived anew", () => {
  using folder = createFolder({ "wrangler.toml": TOML });
  const { config, kept } = keep(folder);
  config.derive("function", () => ({ call: () => 1 }));
  config.derive("undefined", () => ({ id: undefined }));
  config.derive("infinite", () => [Infinity]);
  config.derive("process", () => [config.processVariable("HOME") ?? ""]);
  expect(kept?.derived).toEqual({});
});
