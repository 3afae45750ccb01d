// The tables, as the migrations make them.

import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const links = sqliteTable("links", {
  id: text("id").primaryKey(),
  slug: text("slug").notNull().unique("links_slug_unique"),
  url: text("url").notNull(),
  createdAt: text("created_at")
    .notNull()
    .default(sql`CURRENT_TIMESTAMP`),
  title: text("title"),
  visits: integer("visits").notNull().default(0),
});

export const visits = sqliteTable(
  "visits",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    linkId: text("link_id")
      .notNull()
      .references(() => links.id, { onDelete: "cascade" }),
    referrer: text("referrer"),
    visitedAt: text("visited_at")
      .notNull()
      .default(sql`CURRENT_TIMESTAMP`),
  },
  (table) => [index("visits_link_id_idx").on(table.linkId, table.visitedAt)],
);

export type Link = typeof links.$inferSelect;
