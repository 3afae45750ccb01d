// Checks what clients send.

import type { NewLink } from "./store.ts";

const SLUG = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const RESERVED = new Set(["api", "health"]);

/** A message for the client. */
export class InvalidInput extends Error {}

/** A link from a request's JSON. Throws `InvalidInput`. */
export function parseNewLink(input: unknown, slugMax: number): NewLink {
  if (typeof input !== "object" || input === null) throw new InvalidInput("an object is expected");
  const { url, slug, title } = input as Record<string, unknown>;
  if (typeof url !== "string" || !isWebUrl(url))
    throw new InvalidInput("url must be http or https");
  if (title !== undefined && typeof title !== "string")
    throw new InvalidInput("title must be text");
  return {
    url: new URL(url).href,
    slug: slug === undefined ? randomSlug() : checkSlug(slug, slugMax),
    title: title ?? null,
  };
}

/** The size of a page from a query parameter. Throws `InvalidInput`. */
export function parsePageSize(text: string | undefined, pageMax: number): number {
  if (text === undefined) return pageMax;
  const size = Number(text);
  if (!Number.isInteger(size) || size < 1 || size > pageMax) {
    throw new InvalidInput(`limit must be a number from 1 to ${pageMax}`);
  }
  return size;
}

function checkSlug(slug: unknown, slugMax: number): string {
  if (typeof slug !== "string" || slug.length > slugMax || !SLUG.test(slug)) {
    throw new InvalidInput(`slug must be up to ${slugMax} of a-z, 0-9 and -`);
  }
  if (RESERVED.has(slug)) throw new InvalidInput(`slug "${slug}" is reserved`);
  return slug;
}

function isWebUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.protocol === "https:" || url.protocol === "http:");
}

const ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

/** Seven letters and digits that are not mistaken for each other. */
export function randomSlug(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(7)), (byte) => ALPHABET[byte % 32]).join(
    "",
  );
}
