/** A copy of `env` whose members are in order of their names: their own order is miniflare's, by kind. */
export function sorted(env: object): object {
  return Object.fromEntries(Object.entries(env).sort(([a], [b]) => (a < b ? -1 : 1)));
}
