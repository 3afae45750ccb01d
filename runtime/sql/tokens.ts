// Just enough of SQLite's tokenizer to find parameters and function names in a text, outside strings and comments.
// https://www.sqlite.org/lang_expr.html#parameters

/** A part of a text that is neither a string, a comment nor blank. */
export interface Token {
  readonly kind: "word" | "parameter" | "other";
  readonly text: string;
  /** Where it starts, in UTF-16 units. */
  readonly at: number;
}

/** In this order: comments, strings and quoted names (skipped), blob literals and words, parameters, numbers, the rest. */
const PATTERN =
  /--[^\n]*|\/\*[^]*?(?:\*\/|$)|'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|`(?:[^`]|``)*(?:`|$)|\[[^\]]*(?:\]|$)|\d[\w.]*|(\?\d*|[:@#$][\w$\u0080-\uffff]+(?:::[\w$\u0080-\uffff]*)*(?:\([^\s)]*\))?)|([A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)|\s+|([^])/g;

/** All tokens of a text. */
export function* tokens(sql: string): Generator<Token> {
  for (const match of sql.matchAll(PATTERN)) {
    const [text, parameter, word, other] = match;
    if (parameter !== undefined) yield { kind: "parameter", text, at: match.index };
    else if (word !== undefined) yield { kind: "word", text, at: match.index };
    else if (other !== undefined) yield { kind: "other", text, at: match.index };
  }
}

/** The parameters of one statement, numbered as SQLite numbers them. */
export interface Parameters {
  /** The highest number. */
  readonly count: number;
  /** The name at each number from 1 (index 0), or null; null as a whole when no parameter has a name. */
  readonly names: readonly (string | null)[] | null;
}

const NONE: Parameters = { count: 0, names: null };

/** Numbers the parameters of one statement: `?` is the next one, `?7` the seventh, a name the next at its first use. */
export function parametersOf(sql: string): Parameters {
  if (!mayHaveParameters(sql)) return NONE;
  let count = 0;
  const names: string[] = [];
  for (const { kind, text } of tokens(sql)) {
    if (kind !== "parameter") continue;
    if (text === "?") count++;
    else if (text.startsWith("?")) count = larger(count, Number(text.slice(1)));
    else if (!names.includes(text)) names[count++] = text;
  }
  if (names.length === 0) return { count, names: null };
  return { count, names: Array.from({ length: count }, (_, i) => names[i] ?? null) };
}

// `Math` is named here only: a function that names it has it made at its first call.
function larger(a: number, b: number): number {
  return Math.max(a, b);
}

// Without a pattern, which under `--isolate` each test file would compile anew for the commonest statements.
function mayHaveParameters(sql: string): boolean {
  return (
    sql.includes("?") ||
    sql.includes(":") ||
    sql.includes("@") ||
    sql.includes("$") ||
    sql.includes("#")
  );
}
