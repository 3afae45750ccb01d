// Turns the text of a configuration file into plain data. TOML goes through the package `toml`,
// JSON with comments through the platform's JSON parser where that suffices and `jsonc-parser`
// (wrangler's own) where it does not.

import { ConfigError } from "../errors.ts";
import { readText as readIfAny } from "../files.ts";
import { lineAt } from "./position.ts";

/** A table of a configuration file. */
export type Table = Record<string, unknown>;

/** A date, time or date-time that stands in TOML without quotes. Wrangler takes none of them. */
export class TomlDate {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * Parses a `.toml`, `.json` or `.jsonc` file; throws `config_syntax` with the line,
 * `config_invalid` if it holds no table.
 */
export function parseConfig(file: string, text: string): Table {
  const value = file.endsWith(".toml") ? parseToml(file, text) : parseJson(file, text);
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

/** The text of a UTF-8 file without its byte order mark; throws when it cannot be read. */
export function readText(file: string): string {
  let text: string | null;
  try {
    text = readIfAny(file);
  } catch (cause) {
    throw unreadable(file, reasonOf(cause), cause);
  }
  if (text === null) throw unreadable(file, "it is gone", undefined);
  // What cannot be decoded reads as U+FFFD; UTF-16 and UTF-32 start with a mark that cannot be.
  if (text.charCodeAt(0) === 0xfffd || text.startsWith("\0\0\ufffd")) {
    throw new ConfigError(
      "config_syntax",
      { file, line: 1 },
      { what: "is not UTF-8", why: "it starts with the byte order mark of another encoding" },
    );
  }
  return text;
}

/** Why the system would not read a file. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EISDIR") return "it is a folder";
  return code === "EACCES" || code === "EPERM" ? "permission denied" : message;
}

function unreadable(file: string, why: string, cause: unknown): ConfigError {
  return new ConfigError("config_invalid", { file }, { what: "cannot be read", why, cause });
}

function parseJson(file: string, text: string): unknown {
  try {
    // Many have neither, and taking them out takes longer than parsing.
    const isPlain = !/\/[/*]|,\s*[}\]]/.test(text);
    return JSON.parse(isPlain ? text : text.replace(commentsAndTrailingCommas(), "$1 "));
  } catch {
    return parseJsonSlowly(file, text);
  }
}

// Strings are stepped over, and a comma after an opening bracket stays for the parser to stumble
// on. Both kinds of comments are written so that no match can end inside one.
function commentsAndTrailingCommas(): RegExp {
  const space = String.raw`(?:\s|\/\/[^\n\r]*(?![^\n\r])|\/\*(?:[^*]|\*(?!\/))*\*\/)*`;
  const kept = String.raw`"(?:[^"\\\n]|\\.)*"|[[{]${space},`;
  return new RegExp(String.raw`(${kept})|\/\/[^\n\r]*|\/\*[^]*?\*\/|,(?=${space}[}\]])`, "g");
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

function parseToml(file: string, text: string): unknown {
  const { parse } = require("toml") as typeof import("toml");
  const date = { from: (source: string) => new TomlDate(source) };
  const temporal = { ZonedDateTime: date, PlainDateTime: date, PlainDate: date, PlainTime: date };
  try {
    return plain(parse(text, { useTemporal: true, temporal }));
  } catch (error) {
    throw tomlError(file, text, error);
  }
}

// The package makes tables without a prototype; JSON's have one, and variables reach users' code. They reach it as JSON,
// which has no negative zero.
function plain(value: unknown): unknown {
  if (value === 0) return 0;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null || value instanceof TomlDate) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

// The grammar's errors have `location` and `found`; those about keys that clash have `line` and a
// sentence.
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
    found === undefined ? message.replace(/\.$/, "") : `unexpected ${showFound(found)}${near}`;
  // Without the parser's error as its cause: that lists every token that the grammar would have taken.
  return new ConfigError("config_syntax", { file, line: at }, { what: "is not valid TOML", why });
}

function showFound(found: string | null): string {
  if (found === null) return "end of the file";
  return found === "\n" ? "end of the line" : JSON.stringify(found);
}
