// Makes the modules that a module imports those of a further worker: their specifiers get a query (decision 9). Nothing
// else of the source changes, so that lines stay where the user wrote them. What is a specifier is Bun's own parser's to say.

import { loaderOf } from "./loaders.ts";

/** What may stand before a specifier, and the specifier in its quotes. */
const CANDIDATE =
  /(\b(?:from|import|require)\s*(?:\/\*.*?\*\/\s*)?(?:\(\s*(?:\/\*.*?\*\/\s*)*)?)(["'`])((?:(?!\2)[^\\\n])+)\2/g;

/** An `import()` of something that is computed. */
const COMPUTED = /\bimport\s*\(\s*(?!["'`\s)]|\/\*)/g;

/** Gives the specifiers of a module a query, or what else `change` makes of them; null leaves one as it is. */
export function changeSpecifiers(
  file: string,
  source: string,
  change: (specifier: string) => string | null,
): string {
  const transpiler = new Bun.Transpiler({ loader: loaderOf(file) });
  const changes = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const { path } of transpiler.scanImports(source)) {
    const changed = changes.get(path) ?? change(path);
    if (changed === null) continue;
    changes.set(path, changed);
    counts.set(path, (counts.get(path) ?? 0) + 1);
  }
  const places = [...source.matchAll(CANDIDATE)].filter(([, , , path = ""]) => changes.has(path));
  const isSure = (path: string): boolean =>
    places.filter(([, , , other]) => other === path).length === counts.get(path);
  const sure = new Map([...changes.keys()].map((path) => [path, isSure(path)]));
  let result = "";
  let at = 0;
  for (const { 0: text, 1: before = "", 2: quote = "", 3: path = "", index } of places) {
    const changed = `${before}${quote}${changes.get(path)}${quote}`;
    const end = index + text.length;
    // The words may stand in a comment, or import a type: the parser tells by what it then sees.
    if (sure.get(path) !== true) {
      const trial = source.slice(0, index) + changed + source.slice(end);
      const sees = transpiler.scanImports(trial).some((found) => found.path === changes.get(path));
      if (!sees) continue;
    }
    result += source.slice(at, index) + changed;
    at = end;
  }
  return result + source.slice(at);
}

/**
 * Lets computed imports go through a function that `prelude` defines, which takes the specifier. On the first line, so
 * that the others stay where they are.
 */
export function changeComputedImports(source: string, name: string, prelude: string): string {
  const changed = source.replace(COMPUTED, `${name}(`);
  return changed === source ? source : prelude + changed;
}
