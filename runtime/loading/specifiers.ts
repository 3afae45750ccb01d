// Makes the modules that a module imports those of a further worker: their specifiers get a query (decision 9). Nothing
// else of the source changes, so that lines stay where the user wrote them. What is a specifier is Bun's own parser's to say.

import type { Source, Sources } from "./sources.ts";

/** What may stand before a specifier, and the specifier in its quotes. */
const CANDIDATE =
  /(\b(?:from|import|require)\s*(?:\(\s*)?(?:\/\*(?:(?!\*\/).)*\*\/\s*)*)(["'`])((?:(?!\2)[^\\\n])+)\2/g;

/** An `import()` of something that is computed. */
const COMPUTED = /\bimport\s*\(\s*(?!["'\s)]|\/\*|`(?:[^`$]|\$(?!\{))*`)/g;

/** Gives the specifiers of a source a query, or what else `change` makes of them; null leaves one as it is. */
export function changeSpecifiers(
  source: Source,
  sources: Sources,
  change: (specifier: string) => string | null,
): string {
  const { text, specifiers } = source;
  const changes = new Map<string, string>();
  for (const specifier of specifiers) {
    const changed = changes.get(specifier) ?? change(specifier);
    if (changed !== null) changes.set(specifier, changed);
  }
  if (changes.size === 0) return text;
  const places = [...text.matchAll(CANDIDATE)].filter(([, , , path = ""]) => changes.has(path));
  const isSure = (path: string): boolean =>
    places.filter(([, , , other]) => other === path).length ===
    specifiers.filter((other) => other === path).length;
  const sure = new Map([...changes.keys()].map((path) => [path, isSure(path)]));
  let result = "";
  let at = 0;
  for (const { 0: found, 1: before = "", 2: quote = "", 3: path = "", index } of places) {
    const to = changes.get(path) ?? path;
    const changed = `${before}${quote}${to}${quote}`;
    const end = index + found.length;
    // The words may stand in a comment, or import a type: the parser tells by what it then sees.
    if (sure.get(path) !== true) {
      const trial = text.slice(0, index) + changed + text.slice(end);
      if (!sources.specifiersOf(trial, source.loader).includes(to)) continue;
    }
    result += text.slice(at, index) + changed;
    at = end;
  }
  return result + text.slice(at);
}

/**
 * Lets computed imports go through a function that `prelude` defines, which takes the specifier. On the first line, so
 * that the others stay where they are.
 */
export function changeComputedImports(text: string, name: string, prelude: string): string {
  const changed = text.replace(COMPUTED, `${name}(`);
  return changed === text ? text : prelude + changed;
}
