// Who proves which fact: each line of the facts documents (they live outside of the repository) and the scripts whose
// recordings show it. facts.json is the table. A line that is still open names the areas that will prove it.

import table from "./facts.json";

/** What is to be built, or recorded, before a line is proved. */
export const AREAS = [
  ...["r2", "cache", "queues", "assets", "images", "workflows", "websockets", "email", "sockets"],
  ...["html-rewriter", "globals", "handlers", "modules", "durable-objects", "rpc", "unsupported"],
] as const;

export type Area = (typeof AREAS)[number];

/** One line of a document, known by its first words. */
export interface Fact {
  document: string;
  section: string;
  line: string;
  /** Scripts whose recordings show it. */
  scripts: readonly string[];
  /** Tests, from the top of the repository, of what no Worker can observe: how a configuration is found, for example. */
  tests: readonly string[];
  /** Areas that prove what is open of it; none when all of it is proved. */
  pending: readonly Area[];
  /** What the recordings show instead, where the line is wrong. */
  recorded: string | null;
}

type Row = Pick<Fact, "section" | "line" | "scripts"> &
  Partial<Pick<Fact, "tests" | "recorded">> & { pending?: string[] };

/** The whole table, in the order of the documents. Throws at an area that is not in `AREAS`. */
export function listFacts(): Fact[] {
  return Object.entries<Row[]>(table).flatMap(([document, rows]) =>
    rows.map((row) => ({
      document,
      tests: [],
      recorded: null,
      ...row,
      pending: (row.pending ?? []).map(toArea),
    })),
  );
}

/** A line as it is named in messages. */
export function nameOf({ document, section, line }: Fact): string {
  return `${document}, ${section}: ${line}`;
}

/** How many lines wait for each area; those that wait for none are left out. */
export function countPending(facts: readonly Fact[]): Partial<Record<Area, number>> {
  const counts: Partial<Record<Area, number>> = {};
  for (const area of facts.flatMap(({ pending }) => pending)) {
    counts[area] = (counts[area] ?? 0) + 1;
  }
  return counts;
}

function toArea(name: string): Area {
  const area = AREAS.find((known) => known === name);
  if (area === undefined) throw new Error(`facts.json: there is no area "${name}"`);
  return area;
}
