// Who proves which fact: each line of the facts documents (they live outside of the repository) and the scripts whose
// recordings show it. facts.json is the table; a line without scripts is pending.

import table from "./facts.json";

/** One line of a document, known by its first words. */
export interface Fact {
  document: string;
  section: string;
  line: string;
  scripts: readonly string[];
}

/** The whole table, in the order of the documents. */
export function listFacts(): Fact[] {
  return Object.entries<Omit<Fact, "document">[]>(table).flatMap(([document, facts]) =>
    facts.map((fact) => ({ document, ...fact })),
  );
}
