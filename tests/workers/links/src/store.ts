// Reads and writes of links and visits.

import { asc, count, desc, eq, gt, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { type Link, links, visits } from "./schema.ts";

export interface NewLink {
  slug: string;
  url: string;
  title: string | null;
}

/** Stores a link; null when its slug is taken. */
export async function createLink(db: D1Database, link: NewLink): Promise<Link | null> {
  const [created] = await drizzle(db)
    .insert(links)
    .values({ id: crypto.randomUUID(), ...link })
    .onConflictDoNothing({ target: links.slug })
    .returning();
  return created ?? null;
}

export async function findLink(db: D1Database, slug: string): Promise<Link | null> {
  const found = await drizzle(db).select().from(links).where(eq(links.slug, slug)).get();
  return found ?? null;
}

/** The links after a slug, in order of their slugs. */
export async function listLinks(db: D1Database, after: string, limit: number): Promise<Link[]> {
  return drizzle(db)
    .select()
    .from(links)
    .where(gt(links.slug, after))
    .orderBy(asc(links.slug))
    .limit(limit);
}

/** Deletes a link and, through the foreign key, its visits; false when there is none. */
export async function deleteLink(db: D1Database, slug: string): Promise<boolean> {
  const deleted = await drizzle(db)
    .delete(links)
    .where(eq(links.slug, slug))
    .returning({ id: links.id });
  return deleted.length > 0;
}

/** Counts a visit and keeps its referrer, both or neither. */
export async function recordVisit(
  db: D1Database,
  linkId: string,
  referrer: string | null,
): Promise<void> {
  const orm = drizzle(db);
  await orm.batch([
    orm.insert(visits).values({ linkId, referrer }),
    orm
      .update(links)
      .set({ visits: sql`${links.visits} + 1` })
      .where(eq(links.id, linkId)),
  ]);
}

export interface Referrer {
  referrer: string | null;
  visits: number;
}

/** The referrers of a link, the most frequent first. */
export async function topReferrers(
  db: D1Database,
  linkId: string,
  limit: number,
): Promise<Referrer[]> {
  return drizzle(db)
    .select({ referrer: visits.referrer, visits: count() })
    .from(visits)
    .where(eq(visits.linkId, linkId))
    .groupBy(visits.referrer)
    .orderBy(desc(count()), asc(visits.referrer))
    .limit(limit);
}
