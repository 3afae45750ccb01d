// `bun tests/conformance/differences.ts` prints the known differences from workerd, made from the `differs` marks of the
// recordings and from the list of scripts that are ahead of the code; with `--write` it puts them into ARCHITECTURE.md.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ahead } from "./ahead.ts";
import { readRecordings } from "./counting.ts";
import type { Differs, Recording } from "./transcript.ts";

/** The page that holds the tables. */
export const page = join(import.meta.dir, "../../ARCHITECTURE.md");

const start = "<!-- differences: written by `bun tests/conformance/differences.ts --write` -->";
const end = "<!-- end of differences -->";

/** One row: the steps of a script that differ for one reason. */
interface Difference extends Differs {
  script: string;
  labels: string[];
}

/** The differing steps of recordings, those of one script and reason together. */
export function listDifferences(
  recordings: readonly Pick<Recording, "id" | "transcript">[],
): Difference[] {
  const rows = new Map<string, Difference>();
  for (const { id, transcript } of recordings) {
    for (const { label, differs } of transcript) {
      if (differs === undefined) continue;
      const key = JSON.stringify([id, differs]);
      const row = rows.get(key);
      if (row === undefined) rows.set(key, { ...differs, script: id, labels: [label] });
      else row.labels.push(label);
    }
  }
  return [...rows.values()].sort((a, b) => order(a) - order(b));
}

/** The two tables in Markdown. */
export function renderDifferences(
  differences: readonly Difference[],
  notYet: Readonly<Record<string, string>>,
): string {
  const marked = differences.map(({ class: kind, script, labels, reason, link }) => [
    kind,
    script,
    countLabels(labels),
    link === undefined ? reason : `${reason} ([documentation](${link}))`,
  ]);
  const waiting = Object.entries(notYet).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    table(["class", "script", "steps", "reason"], marked),
    "Recorded from workerd, and not yet done as it does:",
    table(["script", "what differs"], waiting),
  ].join("\n\n");
}

// With the columns as wide as `bun fmt` makes them.
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, i) =>
    Math.max(...[name, ...rows.map((row) => row[i] ?? "")].map(widthOf)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => cell + " ".repeat((widths[i] ?? 0) - widthOf(cell))).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

function widthOf(text: string): number {
  return Bun.stringWidth(text);
}

/** The text of the page with the tables in their place. Throws when it has no place for them. */
export function putInto(text: string, tables: string): string {
  const [before, rest] = split(text, start);
  const [, after] = split(rest, end);
  return `${before}${start}\n\n${tables}\n\n${end}${after}`;
}

/** The page as it should be. */
export function renderPage(): string {
  const tables = renderDifferences(listDifferences(readRecordings()), ahead);
  return putInto(readFileSync(page, "utf8"), tables);
}

function split(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  if (at === -1) throw new Error(`ARCHITECTURE.md has no line "${mark}"`);
  return [text.slice(0, at), text.slice(at + mark.length)];
}

const classes: readonly string[] = ["engine", "production", "unobservable"];

function order({ class: kind }: Difference): number {
  return classes.indexOf(kind);
}

function countLabels(labels: readonly string[]): string {
  return [...new Set(labels)]
    .map((label) => {
      const count = labels.filter((other) => other === label).length;
      return count === 1 ? label : `${label} (${count})`;
    })
    .join(", ");
}

if (import.meta.main) {
  if (process.argv.includes("--write")) writeFileSync(page, renderPage());
  else console.log(renderDifferences(listDifferences(readRecordings()), ahead));
}
