// Generates wrangler configurations that are valid by construction: any keys, in any number of
// environments.

import fc from "fast-check";

type Data = Record<string, unknown>;

const word = fc.constantFrom(
  "alpha",
  "beta",
  "gamma",
  "delta",
  "links",
  "stats",
  "x1",
  "a-b",
  "c_d",
);
const text = fc.constantFrom(
  "",
  "one",
  "two words",
  "ü",
  'a "quoted" one',
  "https://a.test/b#c",
  "$HOME",
);
// Names clash now and then, within a list and between kinds; then everybody refuses the
// configuration.
const binding = fc.oneof(
  { weight: 60, arbitrary: fc.integer({ min: 0, max: 1e6 }).map((number) => `B${number}`) },
  { weight: 1, arbitrary: fc.constantFrom("KV", "A") },
);

const json = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 2 }, text, fc.integer(), fc.boolean(), tie("list"), tie("table")),
  list: fc.array(tie("value"), { maxLength: 2 }),
  table: fc.dictionary(word, tie("value"), { maxKeys: 2 }),
})).value;

const optional = <Value>(shape: Record<string, fc.Arbitrary<Value>>, required: string[]) =>
  fc.record(shape, { requiredKeys: required });
const listOf = (item: fc.Arbitrary<unknown>) => fc.array(item, { maxLength: 3 });
const bindingList = (rest: Record<string, fc.Arbitrary<unknown>>, required: string[] = []) =>
  listOf(optional({ binding, ...rest }, ["binding", ...required]));

const route = fc.oneof(
  fc.constantFrom("a.test/*", "b.test"),
  fc.record({ pattern: word, zone_name: word }),
  fc.record({ pattern: word, zone_id: word }),
  optional(
    { pattern: word, custom_domain: fc.boolean() as fc.Arbitrary<unknown>, enabled: fc.boolean() },
    ["pattern", "custom_domain"],
  ),
);

const migrations = listOf(
  optional(
    {
      tag: word as fc.Arbitrary<unknown>,
      new_classes: fc.array(word, { maxLength: 2 }),
      new_sqlite_classes: fc.array(word, { maxLength: 2 }),
      deleted_classes: fc.array(word, { maxLength: 2 }),
      renamed_classes: fc.array(fc.record({ from: word, to: word }), { maxLength: 2 }),
    },
    ["tag"],
  ),
);

const lifecycle = fc.oneof(
  fc.record({ migrations }),
  fc.record({
    exports: fc.dictionary(
      fc.constantFrom("Counter", "Room"),
      fc.oneof(
        fc.record({
          type: fc.constant("durable-object"),
          storage: fc.constantFrom("sqlite", "legacy-kv"),
        }),
        fc.record({ type: fc.constant("durable-object"), state: fc.constant("deleted") }),
        fc.record({ type: fc.constant("worker") }),
      ),
    ),
  }),
);

const inherited: Record<string, fc.Arbitrary<unknown>> = {
  name: word,
  main: fc.constantFrom("src/index.ts", "./worker.js"),
  account_id: fc.constantFrom("", "abc"),
  compatibility_date: fc.constantFrom("2024-01-01", "2026-11-01"),
  compatibility_flags: fc.subarray(["nodejs_compat", "url_standard", "no_global_navigator"]),
  base_dir: fc.constant("src"),
  find_additional_modules: fc.boolean(),
  preserve_file_names: fc.boolean(),
  workers_dev: fc.boolean(),
  preview_urls: fc.boolean(),
  no_bundle: fc.boolean(),
  minify: fc.boolean(),
  keep_names: fc.boolean(),
  logpush: fc.boolean(),
  upload_source_maps: fc.boolean(),
  jsx_factory: fc.constant("h"),
  jsx_fragment: fc.constant("Fragment"),
  triggers: optional(
    { crons: fc.array(fc.constantFrom("* * * * *", "0 0 * * *"), { maxLength: 2 }) },
    [],
  ),
  limits: optional({ cpu_ms: fc.integer({ min: 1, max: 100 }) }, []),
  rules: listOf(
    optional(
      {
        type: fc.constant("Text"),
        globs: fc.constant(["**/*.md"]),
        fallthrough: fc.boolean(),
      } as Record<string, fc.Arbitrary<unknown>>,
      ["type", "globs"],
    ),
  ),
  placement: fc.record({ mode: fc.constantFrom("off", "smart") }),
  observability: fc.record({ enabled: fc.boolean() }),
  assets: optional({ directory: word, html_handling: fc.constant("none") }, ["directory"]),
  compliance_region: fc.constantFrom("public", "fedramp_high"),
  logfwdr: fc.record({ bindings: listOf(fc.record({ name: binding, destination: word })) }),
};

const repeated: Record<string, fc.Arbitrary<unknown>> = {
  vars: fc.dictionary(fc.constantFrom("A", "B", "C", "D"), json, { maxKeys: 3 }),
  define: fc.dictionary(fc.constantFrom("A", "B"), text, { maxKeys: 2 }),
  kv_namespaces: bindingList({ id: word, preview_id: word }),
  d1_databases: bindingList({ database_name: word, database_id: word, migrations_dir: word }, [
    "database_id",
  ]),
  r2_buckets: bindingList(
    { bucket_name: fc.constantFrom("images", "files"), jurisdiction: fc.constant("eu") },
    ["bucket_name"],
  ),
  queues: optional(
    {
      producers: bindingList({ queue: word, delivery_delay: fc.integer({ min: 0, max: 9 }) }, [
        "queue",
      ]),
      consumers: listOf(
        optional(
          { queue: word as fc.Arbitrary<unknown>, max_batch_size: fc.integer({ min: 1, max: 9 }) },
          ["queue"],
        ),
      ),
    },
    [],
  ),
  durable_objects: fc.record({
    bindings: listOf(
      optional({ name: binding, class_name: word, script_name: word }, ["name", "class_name"]),
    ),
  }),
  services: bindingList({ service: word, entrypoint: word }, ["service"]),
  workflows: fc.uniqueArray(fc.record({ binding, name: word, class_name: word }), {
    maxLength: 2,
    selector: (one) => one.name,
  }),
  send_email: listOf(fc.record({ name: fc.constantFrom("SEND", "POST") })),
  analytics_engine_datasets: bindingList({ dataset: word }),
  hyperdrive: bindingList({ id: fc.constant("abc"), localConnectionString: word }, ["id"]),
  vectorize: bindingList({ index_name: word }, ["index_name"]),
  mtls_certificates: bindingList({ certificate_id: word }, ["certificate_id"]),
  dispatch_namespaces: bindingList({ namespace: word }, ["namespace"]),
  worker_loaders: bindingList({}),
  secrets_store_secrets: bindingList({ store_id: word, secret_name: word }, [
    "store_id",
    "secret_name",
  ]),
  ratelimits: listOf(
    fc.record({
      name: fc.constantFrom("LIMIT", "SLOW"),
      namespace_id: fc.constant("1"),
      simple: fc.record({ limit: fc.constant(5), period: fc.constantFrom(10, 60) }),
    }),
  ),
  tail_consumers: listOf(fc.record({ service: word })),
  pipelines: bindingList({ stream: word }, ["stream"]),
  images: fc.record({ binding }),
  browser: fc.record({ binding }),
  ai: fc.record({ binding }),
  version_metadata: fc.record({ binding }),
};

const top: Record<string, fc.Arbitrary<unknown>> = {
  keep_vars: fc.boolean(),
  send_metrics: fc.boolean(),
  addresses: fc.array(word, { maxLength: 2 }),
  alias: fc.dictionary(word, word, { maxKeys: 2 }),
};

// A few keys each, so that inheritance meets present and absent ones alike.
function some(keys: Record<string, fc.Arbitrary<unknown>>, most: number): fc.Arbitrary<Data> {
  const names = Object.keys(keys);
  return fc
    .subarray(names, { maxLength: Math.min(most, names.length) })
    .chain((chosen) =>
      fc.record(Object.fromEntries(chosen.map((key) => [key, keys[key] ?? fc.constant(null)]))),
    );
}

const routes = fc.oneof(
  fc.constant({}),
  fc.record({ routes: listOf(route) }),
  fc.record({ route: fc.oneof(fc.constant(""), route) }),
);

const level = fc
  .tuple(some(inherited, 9), some(repeated, 9), routes, fc.oneof(fc.constant({}), lifecycle))
  .map(([a, b, c, d]): Data => ({ ...a, ...b, ...c, ...d }));

/** A configuration; its bindings may clash, and then everybody refuses it. */
export const configuration: fc.Arbitrary<Data> = fc
  .tuple(
    level,
    some(top, 3),
    fc.option(fc.dictionary(fc.constantFrom("staging", "production"), level, { maxKeys: 2 }), {
      nil: undefined,
    }),
  )
  .map(([base, more, env]) => ({ ...base, ...more, ...(env === undefined ? {} : { env }) }));

/** The environment asked for: none, one that is often there, or one that never is. */
export const environment: fc.Arbitrary<string | undefined> = fc.constantFrom(
  undefined,
  "staging",
  "staging",
  "production",
  "other",
);
