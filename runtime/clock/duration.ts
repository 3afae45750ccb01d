// Lengths of time in words, as Workflows take them, and milliseconds.
// https://developers.cloudflare.com/workflows/build/workers-api/#workflowstep

const DAY_MS = 86_400_000;

/** In ms. A month and a year have the lengths that Workflows give them. */
const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  millisecond: 1,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 30 * DAY_MS,
  year: 365.25 * DAY_MS,
};

/** The milliseconds of "3 days", "1.5 hours", "500 ms", …; null for anything else. */
export function parseDuration(text: string): number | null {
  const [, amount, unit] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*$/i.exec(text) ?? [];
  if (amount === undefined || unit === undefined) return null;
  const name = unit.toLowerCase();
  const unitMs = UNITS[name] ?? UNITS[name.replace(/s$/, "")];
  return unitMs === undefined ? null : Number(amount) * unitMs;
}
