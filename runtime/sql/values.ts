// Values between JavaScript and SQLite: what is bound, and how rows are read in the two forms that the APIs have.

/** What can be bound. Numbers are bound as REAL, as workerd binds them. */
export type SqlValue = null | number | string | Uint8Array;

/** How an API shows what is neither text nor a finite number: blobs, infinities, integers beyond 2^53. */
export interface ReadRules {
  blob(bytes: Uint8Array): unknown;
  infinity(value: number): unknown;
}

/** Rows as objects, or as arrays in which columns of one name stay apart. */
export type Form = "objects" | "arrays";

/** Turns the rows of `node:sqlite` into those of the API, in place. */
export type ReadRows = (rows: unknown[]) => unknown[];

/**
 * Reads rows as plain objects. Of columns with one name the last value stays. The function is made for these columns, so
 * that it costs no more than copying: `node:sqlite` gives objects without a prototype, which the platform does not.
 */
export function objectReader(columns: readonly string[], rules: ReadRules): ReadRows {
  const keys = [...new Set(columns)].map((name) => JSON.stringify(name));
  const reads = keys.map((key, i) => `const v${i} = row[${key}];`).join(" ");
  // A computed key: "__proto__" is a column like any other.
  const members = keys.map((key, i) => `[${key}]: ${readOf(`v${i}`)}`).join(", ");
  const body = `for (let i = 0; i < rows.length; i++) { const row = rows[i]; ${reads} rows[i] = { ${members} }; } return rows;`;
  // oxlint-disable-next-line no-new-func -- made of column names only, each a JSON string
  const read = new Function("rows", "other", body) as (rows: unknown[], other: Read) => unknown[];
  const other = otherReader(rules);
  return (rows) => read(rows, other);
}

/** The same for a few rows, without making a function. */
export function readObjects(
  rows: unknown[],
  columns: readonly string[],
  rules: ReadRules,
): unknown[] {
  const other = otherReader(rules);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as Readonly<Record<string, unknown>>;
    const object: Record<string, unknown> = {};
    for (const name of columns) {
      const given = row[name];
      const value = typeof given === "string" ? given : other(given);
      // "__proto__" is a column like any other.
      if (name === "__proto__") Object.defineProperty(object, name, { ...SHAPE, value });
      else object[name] = value;
    }
    rows[i] = object;
  }
  return rows;
}

const SHAPE = { enumerable: true, configurable: true, writable: true } as const;

/** Reads rows as arrays. */
export function arrayReader(rules: ReadRules): ReadRows {
  const other = otherReader(rules);
  return (rows) => {
    for (const row of rows as unknown[][]) {
      for (let i = 0; i < row.length; i++) {
        const value = row[i];
        if (typeof value !== "string") row[i] = other(value);
      }
    }
    return rows;
  };
}

/** Text as SQLite can hold it: a lone surrogate is encoded as three bytes, each of which reads back as U+FFFD. */
export function wellFormed(text: string): string {
  if (text.isWellFormed()) return text;
  return text.replace(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g, (unit) =>
    unit.length === 2 ? unit : "\ufffd\ufffd\ufffd",
  );
}

type Read = (value: unknown) => unknown;

/** Text and ordinary numbers inline; adding 0 turns -0 into 0. */
function readOf(name: string): string {
  return `typeof ${name} === "string" ? ${name} : typeof ${name} === "number" && ${name} - ${name} === 0 ? ${name} + 0 : other(${name})`;
}

function otherReader(rules: ReadRules): Read {
  return (value) => {
    if (value === null) return null;
    if (typeof value === "number")
      return Number.isFinite(value) ? value + 0 : rules.infinity(value);
    if (typeof value === "bigint") return Number(value);
    return value instanceof Uint8Array ? rules.blob(value) : value;
  };
}
