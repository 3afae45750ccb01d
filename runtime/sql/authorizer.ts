// What users' SQL may do, asked by SQLite for every step of a statement while it is prepared. It also notes what the
// statement does, which is how we know whether it writes. Mirrors workerd's rules.
// https://www.sqlite.org/c3ref/set_authorizer.html

const OK = 0;
const DENY = 1;

/** SQLite's action codes: https://www.sqlite.org/c3ref/c_alter_table.html */
const ACTION = {
  CREATE_INDEX: 1,
  CREATE_TABLE: 2,
  CREATE_TRIGGER: 7,
  CREATE_VIEW: 8,
  DELETE: 9,
  DROP_INDEX: 10,
  DROP_TABLE: 11,
  DROP_TRIGGER: 16,
  DROP_VIEW: 17,
  INSERT: 18,
  PRAGMA: 19,
  READ: 20,
  SELECT: 21,
  TRANSACTION: 22,
  UPDATE: 23,
  ALTER_TABLE: 26,
  REINDEX: 27,
  ANALYZE: 28,
  CREATE_VTABLE: 29,
  DROP_VTABLE: 30,
  FUNCTION: 31,
  SAVEPOINT: 32,
  RECURSIVE: 33,
} as const;

/** What one statement does. */
export interface Doings {
  /** It can change rows. */
  writes: boolean;
  /** It can change the schema, or what a name means. */
  changesSchema: boolean;
  /** It reads or sets a pragma. */
  pragma: boolean;
  /** It fires triggers. */
  triggers: boolean;
  /** SQLite asked nothing: VACUUM, which is only refused when it runs. */
  unasked: boolean;
  /** It is a transaction statement, and was refused for that. */
  transaction: boolean;
}

type Name = string | null;

/** One for each handle: its `callback` goes to `setAuthorizer`. */
export class Authorizer {
  #doings: Doings = nothing();
  /**
   * Whether users' SQL is at work. The rules hold only then: our own statements, and the pragmas behind `serialize()`,
   * run through the same handle. SQLite also asks when it prepares a statement anew because the schema changed.
   */
  guards = false;

  /** Starts to note what the next statement does. */
  watch(): Doings {
    return (this.#doings = nothing());
  }

  readonly callback = (
    action: number,
    first: Name,
    second: Name,
    database: Name,
    trigger: Name,
  ): number => {
    if (!this.guards) return OK;
    this.#note(action, first, trigger);
    return allows(action, first, second, database, trigger) ? OK : DENY;
  };

  #note(action: number, first: Name, trigger: Name): void {
    const doings = this.#doings;
    doings.unasked = false;
    if (trigger !== null) doings.triggers = true;
    switch (action) {
      case ACTION.READ:
      case ACTION.SELECT:
      case ACTION.FUNCTION:
      case ACTION.RECURSIVE:
        return;
      case ACTION.PRAGMA:
        doings.pragma = true;
        return;
      case ACTION.INSERT:
      case ACTION.UPDATE:
      case ACTION.DELETE:
        doings.writes = true;
        // A change of the schema is a change of sqlite_master, whatever else is asked.
        if (first?.startsWith("sqlite_") === true) doings.changesSchema = true;
        return;
      case ACTION.TRANSACTION:
      case ACTION.SAVEPOINT:
        doings.transaction = true;
        return;
      default:
        doings.writes = true;
        doings.changesSchema = true;
    }
  }
}

function nothing(): Doings {
  return {
    writes: false,
    changesSchema: false,
    pragma: false,
    triggers: false,
    unasked: true,
    transaction: false,
  };
}

function allows(action: number, first: Name, second: Name, database: Name, trigger: Name): boolean {
  if (trigger !== null && isHidden(trigger)) return false;
  // Here the third name is a column's, not a database's.
  if (action === ACTION.ALTER_TABLE) return first === "main" && !isHidden(second);
  if (database === "temp") {
    return (action === ACTION.READ || action === ACTION.UPDATE) && !isHidden(first);
  }
  if (database !== null && database !== "main") return false;
  switch (action) {
    case ACTION.SELECT:
    case ACTION.RECURSIVE:
      return true;
    case ACTION.READ:
      // A table that every database has here, and none on workerd.
      return first !== "dbstat" && !isHidden(first);
    case ACTION.UPDATE:
    case ACTION.INSERT:
    case ACTION.DELETE:
    case ACTION.CREATE_TABLE:
    case ACTION.DROP_TABLE:
    case ACTION.CREATE_VIEW:
    case ACTION.DROP_VIEW:
    case ACTION.REINDEX:
    case ACTION.ANALYZE:
      return !isHidden(first);
    case ACTION.CREATE_INDEX:
    case ACTION.DROP_INDEX:
    case ACTION.CREATE_TRIGGER:
    case ACTION.DROP_TRIGGER:
      return !isHidden(first) && !isHidden(second);
    case ACTION.PRAGMA:
      return allowsPragma(first, second);
    case ACTION.FUNCTION:
      return allowed().FUNCTIONS.has(second?.toLowerCase() ?? "");
    case ACTION.CREATE_VTABLE:
    case ACTION.DROP_VTABLE:
      return allowed().MODULES.has(second?.toLowerCase() ?? "") && !isHidden(first);
    default:
      // ATTACH, DETACH, everything temporary, transactions.
      return false;
  }
}

// Loaded by the first statement that names one of these.
function allowed(): typeof import("./allowed.ts") {
  return require("./allowed.ts");
}

function allowsPragma(pragma: Name, argument: Name): boolean {
  switch (allowed().PRAGMAS.get(pragma?.toLowerCase() ?? "")) {
    case "none":
      return argument === null;
    case "boolean":
      return argument === null || /^(['"]?)(?:true|false|yes|no|on|off|1|0)\1$/i.test(argument);
    case "name":
      return argument !== null && !isHidden(argument);
    case "optional name":
      return !isHidden(argument);
    case "mask":
      return argument === null || isInt32(argument);
    case undefined:
      return false;
  }
}

// Decimal or, with a `0x`, hexadecimal.
function isInt32(text: string): boolean {
  const [, sign, digits] = /^\s*([-+]?)(\d+|0x[0-9a-f]+)$/i.exec(text) ?? [];
  if (digits === undefined) return false;
  const value = sign === "-" ? -Number(digits) : Number(digits);
  return value === (value | 0);
}

/** Names that the platform keeps for itself. */
export function isHidden(name: Name): boolean {
  return name !== null && /^_cf_/i.test(name);
}
