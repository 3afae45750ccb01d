// Installs what a configuration says about loading: see `project.ts`.

import type { WorkerConfig } from "../runtime/config/types.ts";
import { installDefines } from "../runtime/loading/define.ts";
import { aliasOf, type Loaded } from "../runtime/loading/graph.ts";
import { redirectTo } from "../runtime/loading/redirects.ts";
import { ModuleRules } from "../runtime/loading/rules.ts";
import { Sources } from "../runtime/loading/sources.ts";
import { loadAsset, setRules } from "./assets.ts";
import type { FileScope } from "./file-scope.ts";
import { readPrimary } from "./read-config.ts";

/** Names with a hook; a hook stays for the life of the process, and asks what is an alias now. */
const hooked = new Set<string>();
let aliases: Readonly<Record<string, string>> = {};

/** Installs it for a test file, until that ends; gives the directory of the configuration, null where that is wrong. */
export function installLoading(file: FileScope): string | null {
  let config: WorkerConfig;
  try {
    config = readPrimary(file);
  } catch {
    // A configuration that is wrong is reported by whoever uses it: a file that tests without bindings may not.
    return null;
  }
  file.atEnd(installDefines(config, globalThis));
  installRules(ModuleRules.of(config), file);
  installAliases(aliasOf(config), file);
  return config.directory;
}

function installRules(rules: ModuleRules, file: FileScope): void {
  setRules(rules);
  file.atEnd(() => setRules(null));
  const filter = rules.ownFiles;
  if (filter === null || hooked.has(filter.source)) return;
  hooked.add(filter.source);
  Bun.plugin({
    name: "bunflare-rules",
    setup(build) {
      build.onLoad({ filter }, ({ path }) => loadAsset(path));
    },
  });
}

function installAliases(all: Readonly<Record<string, string>>, file: FileScope): void {
  aliases = all;
  file.atEnd(() => {
    aliases = {};
  });
  const names = Object.keys(all).filter((name) => !hooked.has(name));
  if (names.length === 0) return;
  Bun.plugin({
    name: "bunflare-alias",
    setup(build) {
      for (const name of names) {
        hooked.add(name);
        if (name.startsWith(".")) {
          const filter = new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
          build.onResolve({ filter }, () => {
            const path = aliases[name];
            return path === undefined ? undefined : { path };
          });
        } else if (!isBuiltin(name)) {
          build.module(name, () => loadAlias(name));
        }
      }
    },
  });
}

// A file of another project, which has no such alias, gets what Bun would have found.
function loadAlias(name: string): Loaded {
  const target = aliases[name] ?? Bun.resolveSync(name, process.cwd());
  if (target.startsWith("/")) return redirectTo(target, new Sources());
  const from = JSON.stringify(target);
  return { loader: "js", contents: `export * from ${from}; export { default } from ${from};` };
}

// Bun's own modules cannot be replaced by a plugin.
function isBuiltin(name: string): boolean {
  const module = require("node:module") as typeof import("node:module");
  return module.isBuiltin(name);
}
