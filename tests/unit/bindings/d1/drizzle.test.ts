import { expect, test } from "bun:test";
import type { D1Database } from "@cloudflare/workers-types";
import { eq, relations, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { blob, integer, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { openD1 } from "./open-d1.ts";

const users = sqliteTable("users", {
  id: integer().primaryKey({ autoIncrement: true }),
  email: text().notNull().unique(),
  score: real(),
  active: integer({ mode: "boolean" }).notNull().default(true),
  created: integer({ mode: "timestamp_ms" }),
  tags: text({ mode: "json" }).$type<string[]>(),
  data: blob({ mode: "buffer" }),
});
const posts = sqliteTable("posts", {
  id: integer().primaryKey(),
  userId: integer("user_id").references(() => users.id),
  title: text(),
});
const usersRelations = relations(users, ({ many }) => ({ posts: many(posts) }));
const postsRelations = relations(posts, ({ one }) => ({
  user: one(users, { fields: [posts.userId], references: [users.id] }),
}));
const schema = { users, posts, usersRelations, postsRelations };

const migration = `CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL UNIQUE, score REAL,
active INTEGER NOT NULL DEFAULT 1, created INTEGER, tags TEXT, data BLOB);
--> statement-breakpoint
CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id), title TEXT);`;

function open() {
  const opened = openD1({ files: { "migrations/0000_init.sql": migration } });
  // The class has the members of the interface, whose overloads it does not repeat.
  const db = drizzle(opened.DB as unknown as D1Database, { schema });
  return { opened, db, [Symbol.dispose]: () => opened[Symbol.dispose]() };
}

test("drizzle inserts, returns, selects, updates and deletes", async () => {
  using world = open();
  const { db } = world;
  const created = new Date(1_700_000_000_000);
  const values = { email: "a@x", score: 1.5, active: false, created, tags: ["a", "b"] };
  const [inserted] = await db.insert(users).values(values).returning();
  expect(inserted).toEqual({ id: 1, ...values, data: null });
  await db.insert(users).values([{ email: "b@x" }, { email: "c@x", score: 3 }]);
  expect(await db.select({ n: sql<number>`count(*)` }).from(users)).toEqual([{ n: 3 }]);
  const found = await db.select().from(users).where(eq(users.email, "b@x")).get();
  expect(found).toMatchObject({ id: 2, active: true, score: null, tags: null });
  const result = await db.update(users).set({ score: 9 }).where(eq(users.id, 2)).run();
  expect(result.meta).toMatchObject({ changes: 1, rows_written: 1 });
  await db.delete(users).where(eq(users.id, 3));
  const scores = await db.select({ score: users.score }).from(users).orderBy(users.id);
  expect(scores).toEqual([{ score: 1.5 }, { score: 9 }]);
});

test("drizzle batches in one transaction", async () => {
  using world = open();
  const { db } = world;
  const [rows, all] = await db.batch([
    db.insert(users).values({ email: "a@x" }).returning({ id: users.id }),
    db.select({ email: users.email }).from(users),
  ]);
  expect([rows, all]).toEqual([[{ id: 1 }], [{ email: "a@x" }]]);
  const failing = db.batch([
    db.insert(users).values({ email: "b@x" }),
    db.insert(users).values({ email: "a@x" }),
  ]);
  expect(
    await failing.then(
      () => null,
      (error: Error) => String(error.cause ?? error),
    ),
  ).toContain("UNIQUE constraint failed: users.email: SQLITE_CONSTRAINT");
  expect(await db.$count(users)).toBe(1);
});

test("drizzle joins, queries relations and upserts", async () => {
  using world = open();
  const { db } = world;
  await db.insert(users).values({ email: "a@x" });
  await db.insert(posts).values([
    { userId: 1, title: "p" },
    { userId: null, title: "q" },
  ]);
  const joined = await db
    .select({ title: posts.title, email: users.email })
    .from(posts)
    .leftJoin(users, eq(posts.userId, users.id))
    .orderBy(posts.id);
  expect(joined).toEqual([
    { title: "p", email: "a@x" },
    { title: "q", email: null },
  ]);
  const nested = await db.query.users.findFirst({ with: { posts: true } });
  expect(nested?.posts).toEqual([{ id: 1, userId: 1, title: "p" }]);
  await db
    .insert(users)
    .values({ email: "a@x", score: 5 })
    .onConflictDoUpdate({ target: users.email, set: { score: 7 } });
  expect(await db.select({ score: users.score }).from(users)).toEqual([{ score: 7 }]);
});
