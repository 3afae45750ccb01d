// The names of SQLite's result codes, which are part of the platform's error texts.
// https://www.sqlite.org/rescode.html

const PRIMARY =
  "OK ERROR INTERNAL PERM ABORT BUSY LOCKED NOMEM READONLY INTERRUPT IOERR CORRUPT NOTFOUND FULL CANTOPEN PROTOCOL EMPTY " +
  "SCHEMA TOOBIG CONSTRAINT MISMATCH MISUSE NOLFS AUTH FORMAT RANGE NOTADB NOTICE WARNING";

/** The names of extended codes, by primary code, in the order of their numbers from 1. */
const EXTENDED: Readonly<Record<string, string>> = {
  ERROR: "MISSING_COLLSEQ RETRY SNAPSHOT RESERVESIZE KEY UNABLE",
  ABORT: "- ROLLBACK",
  BUSY: "RECOVERY SNAPSHOT TIMEOUT",
  LOCKED: "SHAREDCACHE VTAB",
  READONLY: "RECOVERY CANTLOCK ROLLBACK DBMOVED CANTINIT DIRECTORY",
  CORRUPT: "VTAB SEQUENCE INDEX",
  CONSTRAINT:
    "CHECK COMMITHOOK FOREIGNKEY FUNCTION NOTNULL PRIMARYKEY TRIGGER UNIQUE VTAB ROWID PINNED DATATYPE",
};

/** "SQLITE_ERROR", or "SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_UNIQUE)" for an extended code. */
export function codeName(code: number): string {
  const primary = PRIMARY.split(" ")[code & 0xff] ?? "ERROR";
  const extended = EXTENDED[primary]?.split(" ")[(code >> 8) - 1];
  const name = `SQLITE_${primary}`;
  return code < 0x100 || extended === undefined ? name : `${name} (extended: ${name}_${extended})`;
}
