// How near two values are: what a message shows first is what was probably meant.

/** From 0, nothing alike, to 1, the same text. */
export function similarity(a: unknown, b: unknown): number {
  if (typeof a === "object" || typeof b === "object") return 0;
  const [one, other] = [String(a).toLowerCase(), String(b).toLowerCase()];
  if (one === other) return 1;
  const pairs = pairsOf(one);
  const others = pairsOf(other);
  if (pairs.length === 0 || others.length === 0) return 0;
  const left = [...others];
  let shared = 0;
  for (const pair of pairs) {
    const at = left.indexOf(pair);
    if (at < 0) continue;
    left.splice(at, 1);
    shared++;
  }
  // Dice's coefficient. https://en.wikipedia.org/wiki/Dice-S%C3%B8rensen_coefficient
  return (2 * shared) / (pairs.length + others.length);
}

/** "a, b, c, and 4 more". */
export function listed(names: readonly string[], limit: number): string {
  const shown = names.slice(0, limit).join(", ");
  return names.length > limit ? `${shown}, and ${names.length - limit} more` : shown;
}

/** Long texts say enough with their first characters. */
const MAX_CHARACTERS = 200;

function pairsOf(text: string): string[] {
  const short = text.slice(0, MAX_CHARACTERS);
  return Array.from({ length: Math.max(short.length - 1, 0) }, (_, i) => short.slice(i, i + 2));
}
