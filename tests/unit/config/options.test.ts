import { describe, expect, test } from "bun:test";

import { loadOptions } from "../../../runtime/config/options.ts";
import { createFolder, thrownBy } from "./folder.ts";

const DEFAULTS = {
  config: undefined,
  environment: undefined,
  network: "allow",
  tmpdir: undefined,
  migrations: "automatic",
  seed: undefined,
  workers: [],
  fakes: undefined,
  persist: undefined,
};

function refusal(content: string): { code: string | undefined; message: string } {
  using folder = createFolder({ "bunfig.toml": content });
  const { code, message } = thrownBy(() => loadOptions(folder.path));
  return { code, message: message.replaceAll(`${folder.path}/`, "") };
}

describe("loadOptions", () => {
  test("gives the defaults without a file, and with one that does not mention us", () => {
    using folder = createFolder();
    expect(loadOptions(folder.path) as unknown).toEqual(DEFAULTS);
    folder.write("bunfig.toml", '[test]\npreload = [\n  "bunflare/preload"\n]\nbunflare_too = 1\n');
    expect(loadOptions(folder.path) as unknown).toEqual(DEFAULTS);
  });

  test("reads every option, with paths from the folder of the file", () => {
    using folder = createFolder({
      "bunfig.toml": `
        [test]
        preload = ["bunflare/preload"]
        [bunflare]
        config = "apps/web/wrangler.toml"
        environment = "staging"
        network = "deny"
        tmpdir = "/tmp"
        migrations = "manual"
        seed = 42
        workers = ["../auth/wrangler.jsonc"]
        fakes = "./test/fakes.ts"
        persist = ".bunflare"
      `,
    });
    expect(loadOptions(folder.path)).toEqual({
      config: folder.at("apps/web/wrangler.toml"),
      environment: "staging",
      network: "deny",
      tmpdir: "/tmp",
      migrations: "manual",
      seed: 42,
      workers: [folder.at("../auth/wrangler.jsonc")],
      fakes: folder.at("test/fakes.ts"),
      persist: folder.at(".bunflare"),
    });
  });

  test.each([
    ["[ bunflare ]\nnetwork = 'deny'"],
    ['["bunflare"]\nnetwork = "deny"'],
    ['bunflare = { network = "deny" }'],
    ['bunflare.network = "deny"'],
    ['[test]\nx = 1\n  [bunflare]\n  network = "deny"'],
  ])("finds the table however it is written: %j", (content) => {
    using folder = createFolder({ "bunfig.toml": content });
    expect(loadOptions(folder.path).network).toBe("deny");
  });

  test("lists the options and the nearest one for a name that is none", () => {
    expect(refusal('[test]\n[bunflare]\nseed = 1\nenviroment = "staging"')).toEqual({
      code: "option_unknown",
      message:
        "[bunflare] bunfig.toml:4, bunflare.enviroment: is not an option of bunflare: the options are " +
        "config, environment, network, tmpdir, migrations, seed, workers, fakes, persist. " +
        'Did you mean "environment"?',
    });
    expect(refusal("[bunflare]\ncolour = 1").message).toEndWith("fakes, persist");
  });

  test.each([
    ['network = "block"', 'bunflare.network: must be "allow" or "deny": it is "block"'],
    ["config = 5", "bunflare.config: must be a string: it is 5"],
    ['tmpdir = ""', 'bunflare.tmpdir: must be a path: it is ""'],
    ["seed = 1.5", "bunflare.seed: must be a whole number or a string: it is 1.5"],
    ['workers = "a"', 'bunflare.workers: must be a list of paths: it is "a"'],
    ["workers = [1]", "bunflare.workers: must be a list of paths: it is [1]"],
  ])("refuses a value of another type with its line: %s", (line, message) => {
    expect(refusal(`[test]\n\n[bunflare]\n${line}`)).toEqual({
      code: "option_invalid",
      message: `[bunflare] bunfig.toml:4, ${message}`,
    });
  });

  test("refuses [bunflare] that is no table", () => {
    expect(refusal('bunflare = "yes"').message).toBe(
      '[bunflare] bunfig.toml:1, bunflare: must be a table: it is "yes". Write [bunflare]',
    );
  });
});
