// Prefixes of keys in the order of their UTF-8 bytes.

const LAST_CODE_POINT = 0x10ffff;

/** The first text that is after all texts with this prefix; null when there is none. */
export function afterPrefix(prefix: string): string | null {
  const characters = Array.from(prefix);
  for (;;) {
    const last = characters.pop()?.codePointAt(0);
    if (last === undefined) return null;
    if (last === LAST_CODE_POINT) continue;
    // Surrogates are no characters of their own, so U+E000 follows U+D7FF.
    const next = last === 0xd7ff ? 0xe000 : last + 1;
    return characters.join("") + String.fromCodePoint(next);
  }
}
