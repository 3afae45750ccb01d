// Every configuration that wrangler reads, we read to the same values; every one that it refuses,
// we refuse.

import { afterAll, expect, test } from "bun:test";
import fc from "fast-check";

import { keysThatAre } from "../../../runtime/config/keys.ts";
import { loadWorkerConfig } from "../../../runtime/config/load.ts";
import type { WorkerConfig } from "../../../runtime/config/types.ts";
import { configuration, environment } from "./arbitrary.ts";
import { createFolder } from "./folder.ts";
import { finding, redirecting, type Situation } from "./situations.ts";
import { toToml } from "./toml-writer.ts";
import { choosing, parsing } from "./variable-situations.ts";
import { type ReaderCase, type ReaderResult, readWithWrangler } from "./wrangler-reader.ts";

const GENERATED = 240;
const SEED = 20261117;

// Keys that wrangler resolves for its own commands, or to paths from the working directory.
const OWN_KEYS = new Set([
  ...["configPath", "userConfigPath", "topLevelName", "definedEnvironments", "targetEnvironment"],
  ...["dev", "build", "tsconfig", "name", "main", "base_dir", "python_modules"],
  "pages_build_output_dir",
]);

// What wrangler fills in for absent keys; elsewhere it is an empty list or object, which we leave
// out as well.
const DEFAULTS: Readonly<Record<string, unknown>> = {
  jsx_factory: "React.createElement",
  jsx_fragment: "React.Fragment",
  durable_objects: { bindings: [] },
  queues: { producers: [], consumers: [] },
  logfwdr: { bindings: [] },
};

// Where wrangler takes a list or even a number for a table, and then finds nothing in it.
const STRICTER = new Set([
  ...["vars", "define", "alias", "assets", "access", "wasm_modules", "text_blobs", "data_blobs"],
  "dependencies_instrumentation",
]);
// Single bindings are checked by their own `parse`; the others concern deployments only.
const LEFT_OPEN = new Set([
  ...["browser", "analytics", "ai", "images", "stream", "media", "version_metadata"],
  ...["placement", "observability", "cache", "logfwdr"],
]);

const folder = createFolder();
afterAll(() => folder[Symbol.dispose]());

// Wrangler takes a second to start, so it reads the cases of all tests at once.
const groups = readAll({
  generated: generatedCases(),
  wrong: wrongCases(),
  finding: casesOf("finding", finding),
  redirecting: casesOf("redirecting", redirecting),
  choosing: casesOf("choosing", choosing),
  parsing: casesOf("parsing", parsing),
});

test("resolves generated configurations to wrangler's values", () => {
  const { theirs, differences } = groups.generated;
  expect(differences()).toEqual([]);
  // The generator must keep reaching both outcomes.
  const refused = theirs.filter((result) => "error" in result).length;
  expect(refused).toBeGreaterThan(20);
  expect(GENERATED - refused).toBeGreaterThan(120);
});

test.each([
  ["refuses the values that wrangler refuses, key by key", "wrong"],
  ["finds and parses the file that wrangler finds", "finding"],
  ["follows redirects as wrangler does", "redirecting"],
  ["chooses environments and variables as wrangler does", "choosing"],
  ["parses .dev.vars and .env as wrangler does", "parsing"],
] as const)("%s", (_, group) => {
  expect(groups[group].differences()).toEqual([]);
});

interface Group {
  readonly theirs: readonly ReaderResult[];
  differences(): string[];
}

function readAll<Name extends string>(
  all: Readonly<Record<Name, readonly ReaderCase[]>>,
): Record<Name, Group> {
  const lists = Object.entries<readonly ReaderCase[]>(all);
  const results = readWithWrangler(
    lists.flatMap(([, cases]) => cases),
    folder.path,
  );
  const found: Partial<Record<string, Group>> = {};
  for (const [name, cases] of lists) {
    const theirs = results.splice(0, cases.length);
    found[name] = {
      theirs,
      differences: () => cases.flatMap((one, index) => compare(one, theirs[index])),
    };
  }
  // Every name was just given its group.
  return found as Record<Name, Group>;
}

function generatedCases(): ReaderCase[] {
  const samples = fc.sample(fc.tuple(configuration, environment), {
    numRuns: GENERATED,
    seed: SEED,
  });
  return samples.map(([data, env], index) => {
    const isToml = index % 2 === 0;
    const content = isToml ? toToml(data) : `// ${index}\n${JSON.stringify(data, null, 2)}`;
    const file = folder.write(`generated/${index}/wrangler.${isToml ? "toml" : "jsonc"}`, content);
    return { config: file, ...(env === undefined ? {} : { env }) };
  });
}

function wrongCases(): ReaderCase[] {
  const values = [null, 5, "text", true, [], {}, [5], ["text"], [null], { bindings: 5 }];
  const isTable = (value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  return keysThatAre().flatMap((key) => {
    const tried = values.filter((value) => !(isTable(value) ? LEFT_OPEN : STRICTER).has(key));
    return tried.map((value) => {
      const content = JSON.stringify({ name: "worker", [key]: value });
      const file = `wrong/${key}-${values.indexOf(value)}/wrangler.json`;
      return { config: folder.write(file, content) };
    });
  });
}

function casesOf(group: string, situations: readonly Situation[]): ReaderCase[] {
  return situations.map(({ title, files, start = "", env, processEnv }, index) => {
    const top = `${group}/${index}`;
    for (const [name, content] of Object.entries(files)) folder.write(`${top}/${name}`, content);
    return {
      title,
      directory: folder.at(`${top}/${start}`),
      ...(env === undefined ? {} : { env }),
      ...(processEnv === undefined ? {} : { processEnv }),
    };
  });
}

function compare(one: ReaderCase, theirs: ReaderResult | undefined): string[] {
  const label = one.title ?? `${one.config} ${one.env ?? ""}`;
  const ours = readOurs(one);
  if (theirs === undefined) return [`${label}: wrangler gave nothing`];
  if ("error" in theirs || "error" in ours) {
    if ("error" in theirs && "error" in ours) return [];
    return [`${label}: wrangler ${outcome(theirs)}, we ${outcome(ours)}`];
  }
  const { config } = theirs;
  const pairs: [key: string, theirs: unknown, ours: unknown][] = [
    ["name", config["name"] ?? "worker", ours.config.name],
    ["main", config["main"] ?? null, ours.config.main],
    ["variables", valuesOf(theirs.vars), ours.config.variables],
  ];
  for (const key of Object.keys(config)) {
    if (!OWN_KEYS.has(key)) pairs.push([key, config[key], ours.config.get(key)]);
  }
  return pairs.flatMap(([key, a, b]) => {
    const [left, right] = [normal(key, a), normal(key, b)];
    if (Bun.deepEquals(left, right)) return [];
    return [`${label} ${key}: wrangler ${JSON.stringify(left)}, we ${JSON.stringify(right)}`];
  });
}

type Ours = { readonly config: WorkerConfig } | { readonly error: string };

function readOurs({ config: file, directory, env, processEnv = {} }: ReaderCase): Ours {
  const from = directory === undefined ? [] : [directory];
  try {
    return { config: loadWorkerConfig({ file, from, environment: env, processEnv }) };
  } catch (error) {
    return { error: String(error) };
  }
}

function outcome(result: object): string {
  return "error" in result ? `refuses: ${String(result.error)}` : "reads it";
}

function valuesOf(vars: Readonly<Record<string, { value: unknown }>>): unknown {
  return Object.fromEntries(Object.entries(vars).map(([name, { value }]) => [name, value]));
}

function normal(key: string, value: unknown): unknown {
  const given = JSON.parse(JSON.stringify(value ?? DEFAULTS[key] ?? null)) as unknown;
  if (key === "durable_objects") return { bindings: [], ...(given as object) };
  const isEmpty = typeof given === "object" && given !== null && Object.keys(given).length === 0;
  return isEmpty ? null : given;
}
