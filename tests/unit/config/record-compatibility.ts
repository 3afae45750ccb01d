// Records which compatibility flags workerd switches on for dates and flags: `bun
// tests/unit/config/record-compatibility.ts`.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { FLAG_TABLE } from "../../../runtime/config/compatibility-flags.ts";

// The package has no types: the path of the binary, and its version.
const { default: workerd, version } = require("workerd") as { default: string; version: string };

export interface Recording {
  readonly workerd: string;
  readonly flags: readonly string[];
  /** `on` has a bit for each of `flags`, the first one highest, in hexadecimal. */
  readonly cases: readonly { date: string; flags: readonly string[]; on: string }[];
  readonly refused: readonly { date: string; flags: readonly string[]; error: string }[];
}

type Case = readonly [date: string, flags: readonly string[]];

const dates = [...new Set(FLAG_TABLE.match(/\d{4}-\d{2}-\d{2}/g))].sort();
const dayBefore = (date: string) =>
  new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);
const cases: Case[] = [
  ...dates.map((date): Case => [date, []]),
  ...dates.map((date): Case => [dayBefore(date), []]),
  ...dates.filter((date) => date < "2026-08-04").map((date): Case => [date, ["nodejs_compat"]]),
  ["2026-11-17", ["no_nodejs_compat"]],
  ["2026-11-17", ["no_nodejs_compat", "no_nodejs_compat_v2"]],
  ["2026-11-17", ["no_nodejs_compat", "enable_nodejs_http_modules"]],
  ["2026-11-17", ["cache_option_disabled"]],
  ["2026-11-17", ["no_fetch_iterable_type_support"]],
  ["2026-11-17", ["legacy_error_serialization", "rpc_params_transfer_stubs"]],
  ["2026-02-18", ["fetch_iterable_type_support"]],
  ["2026-01-14", ["fetch_iterable_type_support"]],
  ["2026-02-18", ["nodejs_compat", "disable_nodejs_http_modules"]],
  ["2024-09-22", ["nodejs_compat_v2"]],
  ["2024-09-23", ["nodejs_compat_v2"]],
  ["2025-10-01", ["enable_nodejs_http_modules", "enable_nodejs_fs_module"]],
  ["2025-09-01", ["remove_nodejs_compat_eol_v24"]],
  ["2021-11-02", ["url_standard", "experimental"]],
  ["2026-02-30", []],
];
const refused: Case[] = [
  ["2026-02-32", []],
  ["2026-00-10", []],
  ["2026-13-01", []],
  ["2026-04-00", []],
  ["2026-1-1", []],
  ["2026-11-17", ["nodejs_als", "no_nodejs_als"]],
  ["2026-11-17", ["nodejs_compatt"]],
];

const accepted = run(cases);
const flags = Object.keys(accepted.lists[0] ?? {});
const recording: Recording = {
  workerd: version,
  flags,
  cases: cases.map(([date, given], index) => ({
    date,
    flags: given,
    on: toHex(flags.map((flag) => accepted.lists[index]?.[flag] === true)),
  })),
  refused: refused.map(([date, given]) => ({
    date,
    flags: given,
    error: run([[date, given]]).errors.replace(/^service s0: /, ""),
  })),
};
const file = join(import.meta.dir, "compatibility.recorded.json");
writeFileSync(file, JSON.stringify(recording));
Bun.spawnSync([process.execPath, "fmt", file]);

/** Runs one worker for each case in one workerd. */
function run(all: readonly Case[]) {
  const folder = mkdtempSync(join(tmpdir(), "bunflare-flags-"));
  try {
    const file = join(folder, "config.capnp");
    writeFileSync(file, configFor(all));
    const child = Bun.spawnSync([workerd, "test", "--experimental", file]);
    const output = child.stdout.toString() + child.stderr.toString();
    const lists: Record<string, boolean>[] = [];
    for (const [, index, list] of output.matchAll(/@@(\d+)@@(\{.*\})/g)) {
      lists[Number(index)] = JSON.parse(list ?? "{}");
    }
    return { lists, errors: output.trim() };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function configFor(all: readonly Case[]): string {
  const services = all.map(([date, given], index) => {
    const print = `console.log('@@${index}@@' + JSON.stringify(Cloudflare.compatibilityFlags))`;
    const code = `export default { test() { ${print} } }`;
    return `(name = "s${index}", worker = (
      modules = [(name = "worker", esModule = "${code}")],
      compatibilityDate = "${date}", compatibilityFlags = ${JSON.stringify(given)}))`;
  });
  return `using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (services = [${services.join(",")}]);`;
}

function toHex(bits: readonly boolean[]): string {
  return BigInt(`0b1${bits.map(Number).join("")}`).toString(16);
}
