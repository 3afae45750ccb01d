// Module rules: which files are imported as text, as data or as compiled WebAssembly. The user's come first, then
// wrangler's own; of each type only the first counts, unless it falls through.
// https://developers.cloudflare.com/workers/wrangler/bundling/#including-non-javascript-modules

import { list } from "../config/read.ts";
import type { WorkerConfig } from "../config/types.ts";
import { BunflareError } from "../errors.ts";

/** How a file that is not code is imported. */
export type ModuleType = "Text" | "Data" | "CompiledWasm";

interface Rule {
  readonly type: string;
  readonly globs: readonly string[];
  readonly fallthrough: boolean;
}

interface Matcher extends Rule {
  readonly expression: RegExp;
  /** One of the user's. */
  readonly isOwn: boolean;
}

const DEFAULTS: readonly Rule[] = [
  { type: "Text", globs: ["**/*.txt", "**/*.html", "**/*.sql"], fallthrough: false },
  { type: "Data", globs: ["**/*.bin"], fallthrough: false },
  { type: "CompiledWasm", globs: ["**/*.wasm", "**/*.wasm?module"], fallthrough: false },
];

/** The files that wrangler's own rules are about. */
export const defaultFiles: RegExp = /\.(txt|html|sql|bin|wasm)(\?|$)/;

/** The rules of one worker. */
export class ModuleRules {
  readonly #rules: readonly Matcher[];
  /** Rules after one of their type that does not fall through. */
  readonly #ignored: readonly Matcher[];

  constructor(own: readonly Rule[]) {
    const rules: Rule[] = [];
    const ignored: Rule[] = [];
    const completed = new Set<string>();
    for (const rule of [...own, ...DEFAULTS]) {
      (completed.has(rule.type) ? ignored : rules).push(rule);
      if (!rule.fallthrough) completed.add(rule.type);
    }
    this.#rules = rules.filter(isAsset).map(toMatcher);
    this.#ignored = ignored.filter(isAsset).map(toMatcher);
  }

  /** The rules of a configuration; wrangler's own without one. */
  static of(config: WorkerConfig | null): ModuleRules {
    return new ModuleRules(config === null ? [] : readRules(config));
  }

  /**
   * How a file is imported; null for code, and whatever no rule is about. Throws `BunflareError` "config_invalid" for one
   * whose rule is ignored, as wrangler does.
   */
  typeOf(file: string): ModuleType | null {
    const rule = this.#rules.find(({ expression }) => expression.test(file));
    if (rule !== undefined) return rule.type as ModuleType;
    const ignored = this.#ignored.find(({ expression }) => expression.test(file));
    if (ignored === undefined) return null;
    throw new BunflareError("config_invalid", {
      what: `${file} matches the module rule ${JSON.stringify(ignored.globs)} of type ${ignored.type}, which is ignored`,
      why: "a rule of the same type before it does not fall through",
      todo: 'Write "fallthrough": true into the first one',
    });
  }

  /** The files that the user's own rules are about; null without such rules. */
  get ownFiles(): RegExp | null {
    const own = this.#rules.filter(({ isOwn }) => isOwn);
    if (own.length === 0) return null;
    return new RegExp(own.map(({ expression }) => expression.source).join("|"));
  }
}

function readRules(config: WorkerConfig): readonly Rule[] {
  return list(config, "rules").map((entry) => ({
    type: entry.string("type"),
    globs: entry.strings("globs") ?? [],
    fallthrough: entry.boolean("fallthrough", false),
  }));
}

function isAsset({ type }: Rule): boolean {
  return type === "Text" || type === "Data" || type === "CompiledWasm";
}

// Wrangler compares globs with specifiers; here a file has its whole path, so they are compared with its end.
function toMatcher(rule: Rule): Matcher {
  const sources = rule.globs.map((glob) => toSource(glob.replace(/^(\.{0,2}\/)+/, "")));
  const expression = new RegExp(`(?:^|/)(?:${sources.join("|")})$`);
  return { ...rule, expression, isOwn: !DEFAULTS.includes(rule) };
}

// As wrangler reads globs: stars stand for anything, folders too, and everything else for itself.
function toSource(glob: string): string {
  return glob
    .split(/\*+/)
    .map((part) => part.replace(/[.+?^${}()|[\]\\/]/g, "\\$&"))
    .join(".*");
}
