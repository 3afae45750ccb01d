// Imports of files that are no code. Those that wrangler's own rules are about work without any configuration; what the
// configuration of the test file's worker says about them comes from `project.ts`.

import type { Loaded } from "../runtime/loading/graph.ts";
import type { ModuleRules } from "../runtime/loading/rules.ts";

/** Texts are Bun's own to load; files of further workers have a query of their own. A mock is undone by the last of these. */
const FILES = /\.(?:html|sql|bin|wasm)(?:\?(?:module|bunflare-real))?$|\?(?:raw|init)$/;

let own: ModuleRules | null = null;

/** Registers the hook. */
export function provideAssets(): void {
  Bun.plugin({
    name: "bunflare-assets",
    setup(build) {
      build.onLoad({ filter: FILES }, ({ path }) => loadAsset(path));
    },
  });
}

/** The rules that count from now on; null for wrangler's own. */
export function setRules(rules: ModuleRules | null): void {
  own = rules;
}

/** Loads a file by the rules, or by its query. */
export function loadAsset(path: string): Loaded {
  const { moduleExports, queryExports } =
    require("../runtime/loading/modules.ts") as typeof import("../runtime/loading/modules.ts");
  const { ModuleRules } =
    require("../runtime/loading/rules.ts") as typeof import("../runtime/loading/rules.ts");
  const [file = "", query] = path.split("?");
  if (query === "raw" || query === "init") return object(queryExports(query, file));
  const rules = own ?? ModuleRules.of(null);
  const type = rules.typeOf(file);
  // What no rule is about any more is imported as its path, as Bun does.
  return object(type === null ? { default: file } : moduleExports(type, file));
}

function object(exports: Record<string, unknown>): Loaded {
  return { loader: "object", exports };
}
