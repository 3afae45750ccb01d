// How Bun is to read a file, by its name; wrangler reads `.js` with JSX too.

/** The loaders of files with code. */
export type CodeLoader = "js" | "jsx" | "ts" | "tsx";

const CODE: Readonly<Record<string, CodeLoader>> = {
  js: "jsx",
  jsx: "jsx",
  mjs: "jsx",
  cjs: "jsx",
  ts: "ts",
  mts: "ts",
  cts: "ts",
  tsx: "tsx",
};

/** The loader of a file with code; that of TypeScript for any other. */
export function loaderOf(file: string): CodeLoader {
  return CODE[extensionOf(file)] ?? "ts";
}

/** Whether a file has code, by its name. */
export function isCode(file: string): boolean {
  return extensionOf(file) in CODE;
}

/** The part after the last dot of a file's name; "" without one. */
export function extensionOf(file: string): string {
  return /\.(\w+)$/.exec(file)?.[1] ?? "";
}
