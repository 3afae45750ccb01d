// The rules of the house that can be read off the sources: who imports whom, what runtime/ must not touch, and how large
// a file may be.

import { describe, expect, test } from "bun:test";
import { dirname, join, normalize } from "node:path";

const ROOT = join(import.meta.dir, "../..");
const ROOMS = ["preset", "matchers", "fixtures", "runtime"];

interface Source {
  readonly path: string;
  readonly text: string;
  /** The files of this repository that it imports, by `import`, `import()` or `require`. */
  readonly imports: readonly string[];
}

const sources: Source[] = [];
for (const path of new Bun.Glob(`{${ROOMS.join(",")}}/**/*.ts`).scanSync(ROOT)) {
  const text = await Bun.file(join(ROOT, path)).text();
  const specifiers = text.matchAll(/(?:from|import|require)\s*\(?\s*"(\.[^"]+)"/g);
  const imports = [...specifiers].map(([, specifier]) =>
    normalize(join(dirname(path), specifier ?? "")),
  );
  sources.push({ path, text, imports });
}

function inRoom(path: string, room: string): boolean {
  return path.startsWith(`${room}/`);
}

/** Files of `room` that import what `isForbidden` says. */
function offenders(
  room: string,
  isForbidden: (imported: string, from: string) => boolean,
): string[] {
  return sources
    .filter(({ path }) => inRoom(path, room))
    .flatMap(({ path, imports }) =>
      imports.filter((to) => isForbidden(to, path)).map((to) => `${path} imports ${to}`),
    );
}

describe("imports", () => {
  test("there are sources to look at", () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.flatMap(({ imports }) => imports).length).toBeGreaterThan(100);
  });

  test("runtime/ imports nothing above it", () => {
    expect(offenders("runtime", (to) => !inRoom(to, "runtime"))).toEqual([]);
  });

  test("fixtures/ imports runtime/ only", () => {
    const allowed = ["fixtures", "runtime"];
    expect(offenders("fixtures", (to) => !allowed.some((room) => inRoom(to, room)))).toEqual([]);
  });

  test("matchers/ imports types and inspection of runtime/ only", () => {
    const isForbidden = (to: string): boolean =>
      !inRoom(to, "matchers") &&
      !["runtime/inspect.ts", "runtime/binding.ts", "runtime/world.ts"].includes(to);
    expect(offenders("matchers", isForbidden)).toEqual([]);
  });

  test("no binding imports another", () => {
    const folder = (path: string): string | undefined =>
      /^runtime\/bindings\/([^/]+)\//.exec(path)?.[1];
    const isForbidden = (to: string, from: string): boolean =>
      folder(to) !== undefined && folder(from) !== undefined && folder(to) !== folder(from);
    expect(offenders("runtime", isForbidden)).toEqual([]);
  });
});

/** What has one source in a world, and the rooms that may touch the platform's. */
const BANNED: readonly { pattern: RegExp; allowed: readonly string[] }[] = [
  { pattern: /\bDate\.now\b/, allowed: ["runtime/clock/", "runtime/globals/"] },
  { pattern: /\bnew Date\(\)/, allowed: ["runtime/clock/", "runtime/globals/"] },
  { pattern: /\bMath\.random\b/, allowed: [] },
  { pattern: /\brandomUUID\b/, allowed: [] },
  { pattern: /\bsetTimeout\(/, allowed: ["runtime/clock/", "runtime/globals/"] },
  { pattern: /\bprocess\.cwd\b/, allowed: [] },
  { pattern: /^(export )?let /m, allowed: [] },
  { pattern: /^(export )?const \w+(: [^=]+)? = new (Weak)?(Map|Set)(<[^>]*>)?\(\);/m, allowed: [] },
];

describe("runtime/", () => {
  for (const { pattern, allowed } of BANNED) {
    test(`does not use ${pattern.source}`, () => {
      const found = sources
        .filter(
          ({ path }) => inRoom(path, "runtime") && !allowed.some((room) => path.startsWith(room)),
        )
        .filter(({ text }) => pattern.test(withoutComments(text)))
        .map(({ path }) => path);
      expect(found).toEqual([]);
    });
  }
});

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/^\s*\/\/.*$/gm, "");
}

test("no file is longer than 400 lines", () => {
  const long = sources
    .map(({ path, text }) => ({ path, lines: text.split("\n").length }))
    .filter(({ lines }) => lines > 400);
  expect(long).toEqual([]);
});

test("no file is without a head that says what it is, unless its one export has a comment", () => {
  const bare = sources.filter(({ text }) => !/^\/\/|^\/\*\*/m.test(text)).map(({ path }) => path);
  expect(bare).toEqual([]);
});
