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

/** One numbering: make one for each snapshot. */
export class Placeholders {
  readonly #life: Life;
  readonly #uuids = new Map<string, string>();

  constructor(life: Life) {
    this.#life = life;
  }

  /** A copy of `state` in which volatile values, and all values of the keys `volatile`, are placeholders. */
  replace(state: Plain, volatile: readonly string[]): Plain {
    if (typeof state === "string") return this.#text(state);
    if (typeof state === "number") return this.#isNow(state) ? TIME : state;
    if (Array.isArray(state)) return state.map((item) => this.replace(item, volatile));
    if (typeof state !== "object" || state === null) return state;
    return Object.fromEntries(
      Object.entries(state).map(([key, value]) => [
        this.#text(key),
        volatile.includes(key) ? TIME : this.replace(value, volatile),
      ]),
    );
  }

  #text(text: string): string {
    // Most texts are short words; the shortest that is replaced has ten characters.
    if (text.length < 10) return text;
    return text
      .replace(UUID, (uuid) => this.#uuid(uuid.toLowerCase()))
      .replace(TIMESTAMP, (time, zone?: string) => {
        // SQLite's own form has no zone, and is UTC.
        const parsed = Date.parse(zone === undefined ? `${time.replace(" ", "T")}Z` : time);
        return this.#isWithin(parsed) ? TIME : time;
      })
      .replace(UNIX_TIME, (time) => (this.#isNow(Number(time)) ? TIME : time));
  }

  #uuid(uuid: string): string {
    const placeholder = this.#uuids.get(uuid) ?? `<uuid ${this.#uuids.size + 1}>`;
    this.#uuids.set(uuid, placeholder);
    return placeholder;
  }

  // Unix time in ms, or in seconds.
  #isNow(value: number): boolean {
    return this.#isWithin(value) || this.#isWithin(value * 1000);
  }

  #isWithin(time: number): boolean {
    return time >= this.#life.openedAt - SLACK_MS && time <= this.#life.clock.now() + SLACK_MS;
  }
}
