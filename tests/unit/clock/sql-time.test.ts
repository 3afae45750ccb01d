import { describe, expect, test } from "bun:test";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import fc from "fast-check";
import { SqlTime } from "../../../runtime/clock/sql-time.ts";
import { WorldClock } from "../../../runtime/clock/world-clock.ts";

/** A database whose clock stands at `time`. */
function openAt(time: string): { database: DatabaseSync; clock: WorldClock } {
  const clock = new WorldClock({
    onError: (error) => {
      throw error;
    },
  });
  clock.stop(Date.parse(time));
  const database = new DatabaseSync("");
  new SqlTime(clock).follow(database);
  return { database, clock };
}

function one(database: DatabaseSync, expression: string, ...values: SQLInputValue[]): unknown {
  const statement = database.prepare(
    `SELECT ${expression} AS value, typeof(${expression}) AS type`,
  );
  return { ...statement.get(...values, ...values) };
}

const TIME = "2031-02-28T23:59:58.987Z";

describe("now", () => {
  const { database } = openAt(TIME);
  test.each([
    ["datetime()", "2031-02-28 23:59:58"],
    ["datetime('now')", "2031-02-28 23:59:58"],
    ["datetime('NOW', '+1 day')", "2031-03-01 23:59:58"],
    ["datetime('now', 'subsec')", "2031-02-28 23:59:58.987"],
    ["datetime('subsec')", "2031-02-28 23:59:58.987"],
    ["date()", "2031-02-28"],
    ["date('now', 'start of month', '+1 month', '-1 day')", "2031-02-28"],
    ["time()", "23:59:58"],
    ["time('subsecond')", "23:59:58.987"],
    ["unixepoch()", Date.parse(TIME.replace(".987", "")) / 1000],
    ["unixepoch('subsec')", Date.parse(TIME) / 1000],
    ["julianday()", Date.parse(TIME) / 86_400_000 + 2_440_587.5],
    ["strftime('%Y-%m-%dT%H:%M:%fZ')", TIME],
    ["strftime('%s', 'now')", String(Math.floor(Date.parse(TIME) / 1000))],
    ["current_timestamp", "2031-02-28 23:59:58"],
    ["current_date", "2031-02-28"],
    ["current_time", "23:59:58"],
    ["timediff('now', '2031-02-27 23:59:58.987')", "+0000-00-01 00:00:00.000"],
    ["timediff('2031-02-28', 'now')", "-0000-00-00 23:59:58.987"],
    ["datetime(x'6e6f77')", "2031-02-28 23:59:58"],
  ])("%s is the clock's", (expression, expected) => {
    expect(one(database, expression)).toMatchObject({ value: expected });
  });

  test("is the same for all rows of a statement while time flows", () => {
    const { database, clock } = openAt(TIME);
    clock.flow();
    const rows = database
      .prepare(
        `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
         SELECT DISTINCT strftime('%f', 'now', '+' || i || ' days') FROM n`,
      )
      .all();
    expect(rows).toHaveLength(1);
  });

  test("moves with the clock within a turn", () => {
    const { database, clock } = openAt(TIME);
    expect(one(database, "date()")).toMatchObject({ value: "2031-02-28" });
    clock.stop(Date.parse("2040-01-01"));
    expect(one(database, "date()")).toMatchObject({ value: "2040-01-01" });
  });
});

describe("everything else", () => {
  const moment = fc.oneof(
    fc.constantFrom("now", "NOW", "subsec", "subsecond", " now", "nowhere", "", "12:30", "24:00"),
    fc.constantFrom("2024-02-30", "2024-01-31 10:00+02:00", "2024-01-31T10:00:01.5Z", "2460000.5"),
    fc.constantFrom<SQLInputValue>(null, 5n, 2460000.5, -1, 1e15, 1700000000n, 2n ** 62n),
    fc.date({ noInvalidDate: true, min: new Date(0) }).map((date) => date.toISOString()),
    fc.constantFrom(new Uint8Array([110, 111, 119]), new Uint8Array([1, 2])),
  );
  const modifier = fc.constantFrom<SQLInputValue>(
    ...["+1 day", "-1 month", "+1.5 hours", "start of year", "weekday 0", "unixepoch", "auto"],
    ...["julianday", "localtime", "utc", "subsec", "subsecond", "ceiling", "floor", "now", "bad"],
    ...["+0001-02-03 04:05", "-10:00", "+1 months"],
    null,
    5n,
    1.5,
  );
  const format = fc.constantFrom<SQLInputValue>(
    "%Y-%m-%d %H:%M:%f|%j|%J|%s|%S|%w|%W|%u|%G-%V|%p|%I|%R|%T|%F|%%",
    "%q",
    "",
    null,
    5n,
    5,
  );
  const names = fc.constantFrom("date", "time", "datetime", "julianday", "unixepoch");
  const call = fc.oneof(
    fc.tuple(names, fc.array(fc.oneof(moment, modifier), { maxLength: 4 })),
    fc.tuple(names, fc.tuple(moment, modifier, modifier)),
    fc.tuple(fc.constant("strftime"), fc.tuple(format, moment, modifier)),
    fc.tuple(fc.constant("strftime"), fc.array(fc.oneof(format, moment), { maxLength: 3 })),
    fc.tuple(fc.constant("timediff"), fc.tuple(moment, moment)),
  );
  const plain = new DatabaseSync("");

  test("is what SQLite itself says", () => {
    fc.assert(
      fc.property(call, ([name, args]) => {
        const expression = `${name}(${args.map((_, index) => `?${index + 1}`).join(", ")})`;
        const sql = `SELECT ${expression} AS value, typeof(${expression}) AS type`;
        // A statement has one `now`: it gives the moment at which our clock must stand.
        const native = plain.prepare(`${sql}, strftime('%Y-%m-%dT%H:%M:%fZ', 'now') AS moment`);
        native.setReadBigInts(true);
        let expected: Record<string, unknown>;
        try {
          expected = { ...native.get(...args) };
        } catch (error) {
          const { database } = openAt(TIME);
          expect(() => database.prepare(sql).get(...args)).toThrow((error as Error).message);
          return;
        }
        const { moment, ...rest } = expected;
        const followed = openAt(String(moment)).database.prepare(sql);
        followed.setReadBigInts(true);
        expect<object>({ ...followed.get(...args) }).toEqual(rest);
      }),
      {
        numRuns: 2000,
        examples: [
          [["time", ["subsecond", "localtime", "utc"]]],
          [["time", ["subsec", "auto", "utc"]]],
        ],
      },
    );
  });

  test("is refused where SQLite refuses it", () => {
    const { database } = openAt(TIME);
    expect(() => database.exec("CREATE TABLE a (b, c AS (current_timestamp))")).toThrow(
      "non-deterministic functions prohibited in generated columns",
    );
    expect(() => database.exec("SELECT timediff(1)")).toThrow(
      "wrong number of arguments to function timediff()",
    );
  });
});

describe("a schema", () => {
  test("with an index and a generated column on datetime() can be altered and written to", () => {
    const { database } = openAt(TIME);
    database.exec(`
      CREATE TABLE logs (at TEXT DEFAULT current_timestamp, day AS (date(at)), text TEXT);
      CREATE INDEX by_time ON logs (datetime(at));
      CREATE INDEX by_day ON logs (unixepoch(at)) WHERE strftime('%Y', at) = '2031';
      ALTER TABLE logs ADD COLUMN level TEXT DEFAULT 'info';
      INSERT INTO logs (text) VALUES ('one');
      ALTER TABLE logs RENAME COLUMN text TO message;
    `);
    const row = database.prepare("SELECT * FROM logs WHERE datetime(at) >= datetime()").get();
    expect({ ...row }).toEqual({
      at: "2031-02-28 23:59:58",
      day: "2031-02-28",
      message: "one",
      level: "info",
    });
  });

  test("that was made before keeps its indexes", () => {
    const database = new DatabaseSync("");
    database.exec("CREATE TABLE logs (at TEXT); CREATE INDEX by_time ON logs (datetime(at))");
    database.exec("INSERT INTO logs VALUES ('2020-01-01'), ('2032-01-01')");
    const kept = database.prepare("SELECT count(*) AS n FROM logs WHERE datetime(at) < datetime()");
    const clock = new WorldClock({ onError: () => {} });
    clock.stop(Date.parse("2040-01-01"));
    expect({ ...kept.get() }).toEqual({ n: 1 });
    new SqlTime(clock).follow(database);
    expect({ ...kept.get() }).toEqual({ n: 2 });
    database.exec("ALTER TABLE logs ADD COLUMN text; PRAGMA integrity_check");
    const plan = database
      .prepare("EXPLAIN QUERY PLAN SELECT * FROM logs WHERE datetime(at) < datetime()")
      .get();
    expect(plan).toMatchObject({ detail: expect.stringContaining("USING INDEX by_time") });
  });
});
