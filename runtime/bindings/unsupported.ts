// Bindings that are not simulated. A configuration may declare them: their members throw at use, and say how to go on.

import { type AnyBinding, defineBinding, type Definition } from "../binding.ts";
import { list, table } from "../config/read.ts";
import type { ConfigPath, WorkerConfig } from "../config/types.ts";
import type { ConfigError } from "../errors.ts";
import type { ClassUse } from "../worker/exports.ts";

interface Options {
  /** Made at the first use. */
  error(): ConfigError;
  readonly classUse: ClassUse | null;
}

/** A configuration key with the shape of its value and the name of the key that names the binding in `env`. */
interface Key {
  readonly path: ConfigPath;
  readonly shape: "list" | "table";
  readonly name: string;
  /** Whether an entry names a class of the worker's own main module, unless it has a `script_name`. */
  readonly hasClass?: boolean;
}

const KEYS: readonly Key[] = [
  { path: "durable_objects.bindings", shape: "list", name: "name", hasClass: true },
  { path: "workflows", shape: "list", name: "binding", hasClass: true },
  ...[
    "r2_buckets",
    "queues.producers",
    "services",
    "analytics_engine_datasets",
    "hyperdrive",
    "secrets_store_secrets",
    "pipelines",
    "dispatch_namespaces",
    "mtls_certificates",
    "vectorize",
    "worker_loaders",
    "vpc_services",
    "vpc_networks",
    "ai_search",
    "ai_search_namespaces",
    "agent_memory",
    "artifacts",
    "flagship",
    "unsafe_hello_world",
  ].map((path): Key => ({ path, shape: "list", name: "binding" })),
  { path: "send_email", shape: "list", name: "name" },
  { path: "ratelimits", shape: "list", name: "name" },
  ...["ai", "images", "browser", "stream", "media", "assets", "version_metadata"].map(
    (path): Key => ({ path, shape: "table", name: "binding" }),
  ),
];

/** One binding for each key that no other binding owns. */
export function unsupported(owned: readonly ConfigPath[]): AnyBinding[] {
  return KEYS.filter(({ path }) => !owned.includes(path)).map(unsupportedKey);
}

function unsupportedKey(key: Key): AnyBinding {
  return defineBinding<Options, null, object>({
    kind: key.path,
    keys: [key.path],
    parse: (config) => parse(config, key),
    classes: ({ options }) => (options.classUse === null ? [] : [options.classUse]),
    open: () => null,
    expose: (_, { options }) => refusing(options.error),
  });
}

function parse(config: WorkerConfig, key: Key): Definition<Options>[] {
  const single = key.shape === "table" ? table(config, key.path) : null;
  const entries = key.shape === "list" ? list(config, key.path) : single === null ? [] : [single];
  return entries.map((entry) => {
    const name = entry.optionalString(key.name) ?? null;
    const ownClass = key.hasClass === true && entry.optionalString("script_name") === undefined;
    return {
      worker: config.name,
      id: `${config.name}:${name}`,
      name,
      options: {
        error: () =>
          config.error("binding_unsupported", [...entry.path, key.name], {
            what: `the binding "${name}" was used`,
            why: `bunflare does not simulate ${key.path} yet`,
            todo: `Give the test a fake of its own: getEnv().${name} = …`,
          }),
        classUse: ownClass
          ? { className: entry.string("class_name"), path: [...entry.path, "class_name"] }
          : null,
      },
    };
  });
}

/** An object that throws at the use of any member. Looking at it (console.log, `await`) is no use. */
function refusing(error: () => ConfigError): object {
  return new Proxy(
    {},
    {
      get(_, key) {
        if (typeof key === "symbol" || key === "then" || key === "toJSON") return undefined;
        throw error();
      },
    },
  );
}
