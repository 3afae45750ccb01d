// Placeholders for what changes from run to run: UUIDs, and times that lie within the life of the world, alone or inside
// a longer text. UUIDs keep identity: equal ones have equal placeholders, numbered in the order in which they are shown.
// Times do not: whether two moments of a run fall into one second, or one millisecond, is chance.

import type { Plain } from "./binding.ts";

/** What a world tells about its time, in ms since the epoch. */
export interface Life {
  readonly openedAt: number;
  readonly clock: { now(): number };
}

const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b/gi;
// ISO 8601, and SQLite's own form.
const TIMESTAMP = /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?(?!\d)/g;
// Unix time in seconds or in ms, for example in JSON.
const UNIX_TIME = /(?<![\w.-])\d{10}(?:\d{3})?(?![\w.-])/g;
/** Times that the code under test derives from "now" may be rounded. */
const SLACK_MS = 2000;
const TIME = "<time>";

/** What is known of a state. */
export interface StateInfo {
  /** Keys all of whose values are volatile. */
  readonly volatile?: readonly string[];
  /** It is a list in the order of each item's first member. */
  readonly isKeyed?: boolean;
}

/** One numbering: make one for each snapshot. */
export class Placeholders {
  readonly #life: Life;
  readonly #uuids = new Map<string, string>();

  constructor(life: Life) {
    this.#life = life;
  }

  /** A copy of `state` in which volatile values are placeholders. */
  replace(state: Plain, { volatile = [], isKeyed = false }: StateInfo = {}): Plain {
    const nameless = new Nameless(this.#life);
    const list = isKeyed && Array.isArray(state) ? nameless.sortItems(state as Plain[]) : state;
    return this.#replace(nameless.sortKeys(list), volatile);
  }

  #replace(state: Plain, volatile: readonly string[]): Plain {
    if (typeof state === "string") return this.#text(state);
    if (typeof state === "number") return this.#isNow(state) ? TIME : state;
    if (Array.isArray(state)) return state.map((item: Plain) => this.#replace(item, volatile));
    if (typeof state !== "object" || state === null) return state;
    return Object.fromEntries(
      Object.entries(state).map(([key, value]) => [
        this.#text(key),
        volatile.includes(key) ? TIME : this.#replace(value, volatile),
      ]),
    );
  }

  #text(text: string): string {
    return replaceText(text, this.#life, (uuid) => this.#uuid(uuid));
  }

  #uuid(uuid: string): string {
    const placeholder = this.#uuids.get(uuid) ?? `<uuid ${this.#uuids.size + 1}>`;
    this.#uuids.set(uuid, placeholder);
    return placeholder;
  }

  #isNow(value: number): boolean {
    return isNow(value, this.#life);
  }
}

/** Sorts by what is the same in each run: all UUIDs count as one. */
class Nameless {
  readonly #life: Life;

  constructor(life: Life) {
    this.#life = life;
  }

  /** Sorts items by their first member, where one of those is volatile. */
  sortItems(items: readonly Plain[]): readonly Plain[] {
    return this.#sort(items, (item) => {
      const [first] = typeof item === "object" && item !== null ? Object.values(item) : [];
      return typeof first === "string" ? first : "";
    });
  }

  /** Sorts the members of all objects in it by name, where one of those is volatile. */
  sortKeys(state: Plain): Plain {
    if (typeof state !== "object" || state === null) return state;
    if (Array.isArray(state)) return state.map((item: Plain) => this.sortKeys(item));
    const members = Object.entries(state).map(
      ([key, value]) => [key, this.sortKeys(value)] as const,
    );
    return Object.fromEntries(this.#sort(members, ([key]) => key));
  }

  #sort<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
    if (items.every((item) => this.#text(keyOf(item)) === keyOf(item))) return items;
    return items
      .map((item) => ({
        item,
        key: Buffer.from(this.#text(keyOf(item))),
        text: this.#text(JSON.stringify(item)),
      }))
      .sort(
        (a, b) => Buffer.compare(a.key, b.key) || (a.text < b.text ? -1 : Number(a.text > b.text)),
      )
      .map(({ item }) => item);
  }

  #text(text: string): string {
    return replaceText(text, this.#life, () => "<uuid>");
  }
}

function replaceText(text: string, life: Life, nameUuid: (uuid: string) => string): string {
  // Most texts are short words; the shortest that is replaced has ten characters.
  if (text.length < 10) return text;
  return text
    .replace(UUID, (uuid) => nameUuid(uuid.toLowerCase()))
    .replace(TIMESTAMP, (time, zone?: string) => {
      // SQLite's own form has no zone, and is UTC.
      const parsed = Date.parse(zone === undefined ? `${time.replace(" ", "T")}Z` : time);
      return isWithin(parsed, life) ? TIME : time;
    })
    .replace(UNIX_TIME, (time) => (isNow(Number(time), life) ? TIME : time));
}

// Unix time in ms, or in seconds.
function isNow(value: number, life: Life): boolean {
  return isWithin(value, life) || isWithin(value * 1000, life);
}

function isWithin(time: number, life: Life): boolean {
  return time >= life.openedAt - SLACK_MS && time <= life.clock.now() + SLACK_MS;
}
