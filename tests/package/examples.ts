// The examples of a page of documentation: code blocks that name a file are the files of a project. With what else the
// README and the pages of docs/ are held to.

import { loadOptions } from "../../runtime/config/options.ts";

/** A code block. */
export interface Block {
  readonly language: string;
  /** Relative to the project; null for a block that names no file. */
  readonly file: string | null;
  /** Without the line that names the file. */
  readonly text: string;
}

/** The code blocks of a page. The first line of one that is a file is a comment with its name. */
export function blocksOf(page: string): Block[] {
  return [...page.matchAll(/^```(\w*)\n(?:(?:\/\/|#|--) (\S+)\n)?(.*?)^```$/gms)].map(
    ([, language = "", file = null, text = ""]) => ({ language, file, text }),
  );
}

/** The files that a page shows. */
export function filesOf(page: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const { file, text } of blocksOf(page)) {
    if (file === null) continue;
    if (files.has(file)) throw new Error(`${file} is shown twice`);
    files.set(file, text);
  }
  return files;
}

/** The links to files that a page has, without the places in them. */
export function linksOf(page: string): string[] {
  return [...page.matchAll(/\]\(([^):]+)\)/g)].flatMap(([, link = ""]) => {
    const [path = ""] = link.split("#");
    return path === "" ? [] : [path];
  });
}

/** The names of the options of bunflare, sorted. */
export function optionNames(): string[] {
  // A directory without a bunfig.toml: all options have their defaults.
  return Object.keys(loadOptions(import.meta.dir)).sort();
}
