// Bindings that are not simulated. A configuration may declare them: their members throw at use, and say how to go on.

import { type Binding, defineBinding, type Definition } from "../binding.ts";
import { type Entry, list, table } from "../config/read.ts";
import type { ConfigPath, WorkerConfig } from "../config/types.ts";
import type { ConfigError } from "../errors.ts";
import type { ClassUse } from "../worker/exports.ts";
import { UNSUPPORTED_KEYS } from "./unsupported-keys.ts";

interface Options {
  /** Made at the first use. */
  error(): ConfigError;
  readonly classUse: ClassUse | null;
}

export const unsupported: Binding<Options, null, object> = defineBinding({
  kind: "unsupported",
  keys: UNSUPPORTED_KEYS,
  parse: (config) => UNSUPPORTED_KEYS.flatMap((path) => parseKey(config, unsupportedKey(path))),
  classes: ({ options }) => (options.classUse === null ? [] : [options.classUse]),
  open: () => null,
  expose: (_, { options }) => refusing(options.error),
});

/** A key with the shape of its value and the name of the key that names the binding in `env`. */
interface UnsupportedKey {
  readonly path: ConfigPath;
  readonly shape: "list" | "table";
  readonly name: string;
  /** Whether an entry names a class of the worker's own main module, unless it has a `script_name`. */
  readonly hasClass: boolean;
}

const TABLES: readonly ConfigPath[] = ["ai", "images", "browser", "stream", "media", "assets"];

function unsupportedKey(path: ConfigPath): UnsupportedKey {
  return {
    path,
    shape: TABLES.includes(path) ? "table" : "list",
    name: path === "send_email" ? "name" : "binding",
    hasClass: path === "workflows",
  };
}

function parseKey(config: WorkerConfig, key: UnsupportedKey): Definition<Options>[] {
  return entriesOf(config, key).map((entry) => {
    const name = entry.optionalString(key.name) ?? null;
    const ownClass = key.hasClass && entry.optionalString("script_name") === undefined;
    return {
      worker: config.name,
      id: `${key.path}:${config.name}:${name}`,
      name,
      options: {
        error: () => errorOf(config, key, entry, name),
        classUse: ownClass
          ? { className: entry.string("class_name"), path: [...entry.path, "class_name"] }
          : null,
      },
    };
  });
}

function entriesOf(config: WorkerConfig, { shape, path }: UnsupportedKey): readonly Entry[] {
  if (shape === "list") return list(config, path);
  const entry = table(config, path);
  return entry === null ? [] : [entry];
}

function errorOf(
  config: WorkerConfig,
  key: UnsupportedKey,
  entry: Entry,
  name: string | null,
): ConfigError {
  return config.error("binding_unsupported", [...entry.path, key.name], {
    what: `the binding "${name}" was used`,
    why: `bunflare does not simulate ${key.path}`,
    todo: `Give the test a fake of its own: override({ ${name}: … })`,
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
