// Turns the text of a configuration file into plain data. TOML goes through the package `toml`, JSON with comments
// through the platform's JSON parser where that suffices and `jsonc-parser` (wrangler's own) where it does not.

import { ConfigError } from "../errors.ts";
import { lineAt } from "./position.ts";

/** A table of a configuration file. */
export type Table = Record<string, unknown>;

/**
 * Texts that outlive the process, found by content hash; the caller decides where they lie. Parsing TOML is the
 * slowest step of reading a configuration, and under `--isolate` nothing in memory survives a file.
 */
export interface TextCache {
  read(key: string): string | undefined;
  write(key: string, text: string): void;
}

/** A date, time or date-time that stands in TOML without quotes. Wrangler takes none of them. */
export class TomlDate {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toJSON(): string {
    return this.text;
  }
}

/** Parses a `.toml`, `.json` or `.jsonc` file; throws `config_syntax` with the line, `config_invalid` if it holds no table. */
export function parseConfig(file: string, text: string, cache?: TextCache): Table {
  const value = file.endsWith(".toml") ? parseToml(file, text, cache) : parseJson(file, text);
  if (isTable(value)) return value;
  throw new ConfigError(
    "config_invalid",
    { file, line: 1 },
    { what: `must hold an object, but holds ${describe(value)}` },
  );
}

export function isTable(value: unknown): value is Table {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof TomlDate)
  );
}

/** How a value is shown in a message: short, and as it is written in JSON. */
export function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value instanceof TomlDate) return `the date ${value.text}`;
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
}

/** The text of a file read as bytes: UTF-8, without its byte order mark. */
export function decodeText(file: string, bytes: Buffer): string {
  const [a, b, c, d] = bytes;
  const mark = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
  if (mark || (a === 0 && b === 0 && c === 0xfe && d === 0xff)) {
    throw new ConfigError(
      "config_syntax",
      { file, line: 1 },
      { what: "is not UTF-8", why: "it starts with the byte order mark of UTF-16 or UTF-32" },
    );
  }
  const text = bytes.toString("utf8");
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // It may still be JSON with comments and trailing commas.
  }
  try {
    return JSON.parse(withoutComments(text));
  } catch {
    return parseJsonSlowly(file, text);
  }
}

// Comments become spaces first, then trailing commas; strings are matched so that they are stepped over.
function withoutComments(text: string): string {
  const bare = text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n\r]*|\/\*[^]*?\*\//g, (part) =>
    part[0] === "/" ? " " : part,
  );
  return bare.replace(/"(?:[^"\\\n]|\\.)*"|,(?=\s*[}\]])/g, (part) => (part === "," ? "" : part));
}

// Says what is wrong and where; it also has the last word on whether anything is.
function parseJsonSlowly(file: string, text: string): unknown {
  const { parse, printParseErrorCode } = require("jsonc-parser") as typeof import("jsonc-parser");
  const errors: import("jsonc-parser").ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first === undefined) return value;
  const words = printParseErrorCode(first.error).replace(/(?<=[a-z])(?=[A-Z])/g, " ");
  const found = text.slice(first.offset, first.offset + Math.max(1, first.length));
  const at = found === "" ? "at the end" : `at ${JSON.stringify(found)}`;
  throw new ConfigError(
    "config_syntax",
    { file, line: lineAt(text, first.offset) },
    { what: "is not valid JSON", why: `${words.toLowerCase()}, ${at}` },
  );
}

function parseToml(file: string, text: string, cache: TextCache | undefined): unknown {
  const key = `toml-${Bun.hash.wyhash(text).toString(36)}-${text.length}.json`;
  const kept = cache?.read(key);
  if (kept !== undefined) return JSON.parse(kept);
  const { parse } = require("toml") as typeof import("toml");
  let plain = true;
  const date = {
    from(source: string) {
      plain = false;
      return new TomlDate(source);
    },
  };
  const temporal = {
    ZonedDateTime: date,
    PlainDateTime: date,
    PlainDate: date,
    PlainTime: date,
  };
  let value: unknown;
  try {
    value = parse(text, { useTemporal: true, temporal });
  } catch (error) {
    throw tomlError(file, text, error);
  }
  if (cache !== undefined && plain) keep(cache, key, value);
  return value;
}

// JSON has no infinities, so a file with one is parsed anew each time.
function keep(cache: TextCache, key: string, value: unknown): void {
  let plain = true;
  const text = JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner === "number" && !Number.isFinite(inner)) plain = false;
    return inner;
  });
  if (plain) cache.write(key, text);
}

// The grammar's errors have `location` and `found`; those about keys that clash have `line` and a sentence.
function tomlError(file: string, text: string, error: unknown): ConfigError {
  const { location, found, line, message } = error as {
    location?: { start: { line: number } };
    found?: string | null;
    line?: number;
    message: string;
  };
  const at = location?.start.line ?? line ?? null;
  const source = at === null ? "" : (text.split("\n")[at - 1] ?? "").trim();
  const near = source === "" ? "" : ` in \`${source}\``;
  const why =
    found === undefined
      ? message.replace(/\.$/, "")
      : `unexpected ${found === null ? "end of the file" : found === "\n" ? "end of the line" : JSON.stringify(found)}${near}`;
  return new ConfigError(
    "config_syntax",
    { file, line: at },
    { what: "is not valid TOML", why, cause: error },
  );
}
