// Configuration against models: merging of environments, positions of keys, and the two fast paths
// of the parsers.

import { expect, test } from "bun:test";

import { parse as parseDotenv } from "dotenv";
import fc from "fast-check";
import { parse as parseJsonc, type ParseError } from "jsonc-parser";

import { resolveEnvironment } from "../../runtime/config/environments.ts";
import { keysThatAre } from "../../runtime/config/keys.ts";
import { parseConfig, type Table } from "../../runtime/config/parse.ts";
import { lineOf, type Path } from "../../runtime/config/position.ts";
import { parseVariables } from "../../runtime/config/variables.ts";
import { toToml } from "../unit/config/toml-writer.ts";

const inherited = keysThatAre("inherited").filter((key) => key !== "name" && key !== "routes");
const repeated = keysThatAre("repeated");
const top = keysThatAre("top").filter((key) => key !== "pages_build_output_dir");

const value = fc.oneof(fc.integer({ min: 1, max: 99 }), fc.constantFrom("one", "two"));
const level = (keys: readonly string[]) =>
  fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 12, noNullPrototype: true });

const fail = (path: Path, report: { what: string }) =>
  new Error(`${path.join(".")} ${report.what}`);

test("an environment is its own keys over the inherited ones, and the top-level ones", () => {
  const base = level([...inherited, ...repeated, ...top, "unknown"]);
  const own = level([...inherited, ...repeated, "unknown", "new_key"]);
  fc.assert(
    fc.property(base, own, fc.constantFrom("base", ""), (base, own, name) => {
      const raw: Table = { ...base, name, env: { e: own } };
      const { values, ownKeys } = resolveEnvironment(raw, "e", { redirected: false, fail });

      const model: Table = {};
      if (name !== "") model["name"] = `${name}-e`;
      for (const key of [...inherited, ...top]) if (key in base) model[key] = base[key];
      for (const key of Object.keys(own)) model[key] = own[key];
      expect(values).toEqual(model);
      expect([...ownKeys].sort()).toEqual(Object.keys(own).sort());
    }),
  );
});

test("resolving changes nothing in what it is given", () => {
  fc.assert(
    fc.property(level(inherited), level(repeated), (base, own) => {
      const raw = { ...base, account_id: "", env: { e: { ...own, route: "" } } };
      const before = structuredClone(raw);
      resolveEnvironment(raw, "e", { redirected: false, fail });
      resolveEnvironment(raw, undefined, { redirected: false, fail });
      expect(raw).toEqual(before);
    }),
  );
});

test("the top level without environments is itself", () => {
  fc.assert(
    fc.property(level([...inherited, ...repeated, ...top]), (base) => {
      const raw = { ...base, env: { e: {} } };
      expect(resolveEnvironment(raw, undefined, { redirected: false, fail }).values).toEqual(base);
    }),
  );
});

test("JSON with comments and trailing commas parses as jsonc-parser parses it", () => {
  const piece = fc.oneof(
    ...[
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      " ",
      "\n",
      "// c\n",
      "/* , */",
      "//",
      "/*",
      "1",
      "-2.5",
      "true",
    ].map(fc.constant),
    fc.constantFrom('"a"', '"b//c"', '"d,}"', '"\\""', '"/*"', "null", "'x'", "0x1", "01"),
  );
  const nearlyValid = fc
    .jsonValue({ maxDepth: 3 })
    .chain((data) =>
      fc.tuple(
        fc.constant(JSON.stringify(data, null, 1)),
        fc.array(piece, { maxLength: 2 }),
        fc.nat(),
      ),
    )
    .map(([text, pieces, at]) => {
      const index = text.length === 0 ? 0 : at % text.length;
      return text.slice(0, index) + pieces.join("") + text.slice(index);
    });
  const text = fc.oneof(
    nearlyValid,
    fc.array(piece, { maxLength: 12 }).map((all) => all.join("")),
  );
  fc.assert(
    fc.property(text, (inner) => {
      // There jsonc-parser sets a prototype; we have a key like any other.
      fc.pre(!inner.includes("__proto__"));
      const source = `{ "value": ${inner} }`;
      const errors: ParseError[] = [];
      const expected: unknown = parseJsonc(source, errors, { allowTrailingComma: true });
      if (errors.length > 0) expect(() => parseConfig("a.jsonc", source)).toThrow("not valid JSON");
      else expect(parseConfig("a.jsonc", source) as unknown).toEqual(expected);
    }),
    { numRuns: 1500 },
  );
});

test(".dev.vars parses as dotenv parses it", () => {
  const piece = fc.constantFrom(
    ...[
      "A",
      "B1",
      "KEY",
      "=",
      " = ",
      "=",
      "\n",
      "\n",
      "\r\n",
      '"',
      "'",
      "`",
      "#",
      " #",
      "x y",
      "\\n",
      "$A",
      ":",
      "export ",
      " ",
      "\t",
      "ü",
      ".",
      "-",
      "v",
    ],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      const text = pieces.join("");
      expect(parseVariables(text)).toEqual(parseDotenv(text));
    }),
    { numRuns: 5000 },
  );
});

test("the line of every key that is written on a line of its own is that line", () => {
  const names = fc.constantFrom("alpha", "beta", "gamma", "a b", "delta-1");
  const tree = fc.letrec<{ table: Table }>((tie) => ({
    table: fc.dictionary(
      names,
      fc.oneof(
        { maxDepth: 3 },
        fc.integer({ min: 100, max: 999 }),
        tie("table"),
        fc.array(tie("table"), { minLength: 1, maxLength: 3 }),
      ),
      { noNullPrototype: true, maxKeys: 4 },
    ),
  })).table;
  fc.assert(
    fc.property(tree, (data) => {
      let next = 1000;
      // Every number becomes unique, so that the text shows where it stands.
      const marked = JSON.parse(JSON.stringify(data), (_, inner: unknown) =>
        typeof inner === "number" ? next++ : inner,
      ) as Table;
      for (const [file, text] of [
        ["a.toml", toToml(marked)],
        ["a.json", JSON.stringify(marked, null, 1)],
      ] as const) {
        const lines = text.split("\n");
        for (const [path, number] of numbersIn(marked, [])) {
          const expected = lines.findIndex((line) => new RegExp(`\\b${number}\\b`).test(line)) + 1;
          expect([file, path, lineOf(file, text, path)]).toEqual([file, path, expected]);
        }
      }
    }),
    { numRuns: 60 },
  );
});

function numbersIn(data: unknown, path: Path): [path: Path, number: number][] {
  if (typeof data === "number") return [[path, data]];
  if (Array.isArray(data)) return data.flatMap((item, index) => numbersIn(item, [...path, index]));
  if (typeof data !== "object" || data === null) return [];
  return Object.entries(data).flatMap(([key, item]) => numbersIn(item, [...path, key]));
}
