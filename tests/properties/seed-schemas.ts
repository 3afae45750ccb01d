// Random schemas for the tests of seeding, with how many rows each table can certainly hold.

import fc from "fast-check";

/** A table of a schema. */
export interface TableCase {
  readonly name: string;
  readonly sql: string;
  /** Rows to ask for: as many as there can be, or fewer. */
  readonly count: number;
}

interface ColumnCase {
  readonly name: string;
  readonly sql: string;
  /** How many different values it can have, when it must not repeat one. */
  readonly limit: number;
}

const NAMES = [
  "email",
  "name",
  "created_at",
  "price_cents",
  "country",
  "url",
  "slug",
  "phone",
  "status",
  "is_open",
  "note",
];

/** What a CHECK leaves of each type; `$` is the column. */
const CHECKS = {
  TEXT: [
    { sql: "CHECK ($ IN ('a', 'b', 'it''s'))", values: 3 },
    { sql: "CHECK ($ = 'x' OR $ = 'y')", values: 2 },
    { sql: "CHECK (length($) BETWEEN 3 AND 12)", values: Infinity },
    { sql: "CHECK ($ LIKE 'A-%' AND $ <> '')", values: Infinity },
    { sql: "CHECK ($ GLOB '[a-f]*[0-9]')", values: Infinity },
    { sql: "CHECK ($ = lower($))", values: Infinity },
    { sql: "CHECK (json_valid($))", values: Infinity },
  ],
  INTEGER: [
    { sql: "CHECK ($ IN (1, 5, -7))", values: 3 },
    { sql: "CHECK ($ > 3 AND $ <= 9)", values: 6 },
    { sql: "CHECK (NOT ($ < 100 OR $ >= 100000))", values: Infinity },
    { sql: "CHECK (0 <= $)", values: Infinity },
    { sql: "CHECK ($ <> 0)", values: Infinity },
  ],
  REAL: [
    { sql: "CHECK ($ > 0 AND $ < 1)", values: Infinity },
    { sql: "CHECK ($ BETWEEN -10.5 AND 10.5)", values: Infinity },
  ],
  BLOB: [{ sql: "CHECK (length($) = 8)", values: Infinity }],
} as const;

const type = fc.constantFrom("TEXT", "INTEGER", "REAL", "BLOB");

function column(name: string): fc.Arbitrary<ColumnCase> {
  return type.chain((declared) =>
    fc
      .record({
        check: fc.option(fc.constantFrom(...CHECKS[declared]), { nil: null, freq: 2 }),
        isRequired: fc.boolean(),
        isUnique: fc.boolean(),
      })
      .map(({ check, isRequired, isUnique }) => ({
        name,
        sql: [
          `"${name}"`,
          declared,
          isRequired ? "NOT NULL" : "",
          isUnique ? "UNIQUE" : "",
          check?.sql.replaceAll("$", `"${name}"`) ?? "",
        ].join(" "),
        limit: isUnique ? (check?.values ?? Infinity) : Infinity,
      })),
  );
}

const columns = fc
  .uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 4 })
  .chain((names) => fc.tuple(...names.map(column)));

const shape = fc.record({
  columns,
  key: fc.constantFrom("rowid", "text", "pair"),
  isStrict: fc.boolean(),
  hasRowid: fc.boolean(),
  /** To which of the tables before it, and whether to itself. */
  parent: fc.option(fc.nat(), { nil: null }),
  parentIs: fc.constantFrom("required", "optional", "unique"),
  isTree: fc.boolean(),
  isGenerated: fc.boolean(),
  wanted: fc.integer({ min: 0, max: 12 }),
});

type Shape = typeof shape extends fc.Arbitrary<infer T> ? T : never;

/** Schemas of up to four tables, which refer to those before them. */
export const schemas: fc.Arbitrary<readonly TableCase[]> = fc
  .array(shape, { minLength: 1, maxLength: 4 })
  .map((shapes) => {
    const tables: TableCase[] = [];
    for (const [index, each] of shapes.entries()) tables.push(tableOf(each, `t${index}`, tables));
    return tables;
  });

function tableOf(shape: Shape, name: string, before: readonly TableCase[]): TableCase {
  const parent =
    shape.parent === null ? undefined : before[shape.parent % Math.max(before.length, 1)];
  const lines = [
    "id " +
      (shape.key === "text"
        ? "TEXT PRIMARY KEY"
        : "INTEGER" + (shape.key === "rowid" ? " PRIMARY KEY" : " NOT NULL")),
  ];
  let limit = Math.min(...shape.columns.map((each) => each.limit));
  lines.push(...shape.columns.map((each) => each.sql));
  if (parent !== undefined) {
    const { parentIs } = shape;
    lines.push(
      `parent ${parent.sql.includes("id TEXT") ? "TEXT" : "INTEGER"} ${parentIs === "optional" ? "" : "NOT NULL"} ${parentIs === "unique" ? "UNIQUE" : ""}`,
    );
    // A row is made for it where there is none.
    if (parentIs === "unique") limit = Math.min(limit, Math.max(parent.count, 1));
  }
  if (shape.isTree) lines.push(`above ${shape.key === "text" ? "TEXT" : "INTEGER"}`);
  if (shape.isGenerated) lines.push("twice TEXT AS (id || id)");
  if (shape.key === "pair")
    lines.push(
      "kind TEXT NOT NULL CHECK (kind IN ('x', 'y'))",
      "UNIQUE (id)",
      "PRIMARY KEY (id, kind)",
    );
  if (parent !== undefined) lines.push(`FOREIGN KEY (parent) REFERENCES ${parent.name} (id)`);
  if (shape.isTree) lines.push(`FOREIGN KEY (above) REFERENCES ${name} (id)`);
  const options = [shape.isStrict ? "STRICT" : "", shape.hasRowid ? "" : "WITHOUT ROWID"].filter(
    (option) => option !== "",
  );
  return {
    name,
    sql: `CREATE TABLE ${name} (${lines.join(", ")}) ${options.join(", ")}`,
    count: Math.min(shape.wanted, limit),
  };
}
