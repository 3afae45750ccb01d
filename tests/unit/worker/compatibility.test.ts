// The table of compatibility flags in ARCHITECTURE.md says what the sources ask, and from which date workerd has it.

import { expect, test } from "bun:test";
import { join } from "node:path";
import { FLAG_TABLE } from "../../../runtime/config/compatibility-flags.ts";

const ROOT = join(import.meta.dir, "../../..");
const ASKED = /(?:compatibility\.has|\bflag)\("(\w+)"\)/g;

/** Which files ask for a flag, from the top of runtime/. */
async function readSources(): Promise<Map<string, string[]>> {
  const asked = new Map<string, string[]>();
  const files = [...new Bun.Glob("**/*.ts").scanSync(join(ROOT, "runtime"))].sort();
  for (const file of files) {
    const code = withoutComments(await Bun.file(join(ROOT, "runtime", file)).text());
    for (const [, flag = ""] of code.matchAll(ASKED)) {
      const known = asked.get(flag) ?? [];
      if (!known.includes(file)) known.push(file);
      asked.set(flag, known);
    }
  }
  return asked;
}

function withoutComments(code: string): string {
  return code.replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, "");
}

interface Row {
  readonly flag: string;
  readonly date: string;
  readonly files: readonly string[];
}

async function readTable(): Promise<Row[]> {
  const text = await Bun.file(join(ROOT, "ARCHITECTURE.md")).text();
  const start = text.indexOf("## Compatibility dates and flags honoured");
  const section = text.slice(start, text.indexOf("\n## ", start + 1));
  return [...section.matchAll(/^\| `(\w+)` *\| (\S+) *\|[^|]*\|([^|]*)\|$/gm)].map(
    ([, flag = "", date = "", files = ""]) => ({
      flag,
      date,
      files: [...files.matchAll(/`([^`]+)`/g)].map(([, file = ""]) => file),
    }),
  );
}

test("each flag that the sources ask for is in the table, with the files that ask", async () => {
  const rows = (await readTable()).map(({ flag, files }) => [flag, files] as const);
  expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(await readSources()));
});

test("the dates are those of workerd", async () => {
  for (const { flag, date } of await readTable()) {
    const line = FLAG_TABLE.split("\n").find((each) => each.startsWith(`${flag} `));
    expect([flag, line?.split(" ")[2]]).toEqual([flag, date === "never" ? "-" : date]);
  }
});

test("the table is sorted", async () => {
  const flags = (await readTable()).map(({ flag }) => flag);
  expect(flags).toEqual(flags.toSorted());
});
