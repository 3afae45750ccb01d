// Placeholders for what changes from run to run: UUIDs, and times that lie within the life of the world. They keep
// identity: equal values have equal placeholders, numbered in the order in which they are shown.

import type { Plain } from "./binding.ts";
import type { World } from "./world.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const TIMESTAMP = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/;
/** Times that the code under test derives from "now" may be rounded. */
const SLACK_MS = 2000;

/** One numbering: make one for each snapshot. */
export class Placeholders {
  readonly #world: World;
  readonly #uuids = new Map<string, string>();
  readonly #times = new Map<Plain, string>();

  constructor(world: World) {
    this.#world = world;
  }

  /** A copy of `state` in which volatile values, and all values of the keys `volatile`, are placeholders. */
  replace(state: Plain, volatile: readonly string[]): Plain {
    if (typeof state === "string") return this.#text(state);
    if (typeof state === "number") return this.#isNow(state) ? this.#time(state) : state;
    if (Array.isArray(state)) return state.map((item) => this.replace(item, volatile));
    if (typeof state !== "object" || state === null) return state;
    return Object.fromEntries(
      Object.entries(state).map(([key, value]) => [
        this.#key(key),
        volatile.includes(key) ? this.#time(value) : this.replace(value, volatile),
      ]),
    );
  }

  #key(key: string): string {
    return UUID.test(key) ? this.#uuid(key) : key;
  }

  #text(text: string): string {
    if (UUID.test(text)) return this.#uuid(text);
    if (!TIMESTAMP.test(text)) return text;
    // SQLite's own form has no zone, and is UTC.
    const time = Date.parse(/[Z+-]\d*:?\d*$/.test(text.slice(16)) ? text : `${text.replace(" ", "T")}Z`);
    return this.#isWithin(time) ? this.#time(text) : text;
  }

  #uuid(text: string): string {
    return number(this.#uuids, text, "uuid");
  }

  #time(value: Plain): string {
    return number(this.#times, value, "time");
  }

  // Unix time in ms, or in seconds.
  #isNow(value: number): boolean {
    return this.#isWithin(value) || this.#isWithin(value * 1000);
  }

  #isWithin(time: number): boolean {
    return time >= this.#world.openedAt - SLACK_MS && time <= this.#world.clock.now() + SLACK_MS;
  }
}

function number<Key>(known: Map<Key, string>, key: Key, word: string): string {
  const placeholder = known.get(key) ?? `<${word} ${known.size + 1}>`;
  known.set(key, placeholder);
  return placeholder;
}
