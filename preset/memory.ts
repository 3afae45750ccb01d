// What a process finds out about its projects, so that its next test files need not: in memory and, because none survives
// a test file under `--isolate`, as an image of the process's directory.

import type { KeptConfig } from "../runtime/config/kept.ts";
import type { Options } from "../runtime/config/options.ts";
import { readBytes, readText } from "../runtime/files.ts";
import type { Redirect } from "../runtime/loading/redirects.ts";
import { imagePath, MEMORY, ownPath, parentsOf } from "../runtime/store/places.ts";
import { mayLoseMemory, processDirectory } from "./process-directory.ts";

/** What is known. */
export interface Memory {
  /** The run that it was found out in: under `--watch` one process has many. */
  readonly run: number;
  /** The options of bunflare. */
  options: Options | null;
  /** The redirects, by the directory whose code imports; many directories have none. */
  readonly redirects: Record<string, [file: string, redirect: Redirect][]>;
  /** Whether a configuration for the test files of a directory says something of loading. */
  readonly configured: Record<string, boolean>;
  /** Configurations, by what was asked for. */
  readonly configs: Record<string, KeptConfig>;
  /** The configurations whose warnings were printed. */
  readonly warned: Record<string, true>;
}

const IMAGE = "memory";

let known: Memory | null = null;
let isWorthAnImage = false;

/** What is known; whoever adds to it says so. */
export function memory(): Memory {
  return (known ??= recall());
}

/** Whether it is plain that something is known already; cheaper than to recall it. */
export function isKnown(): boolean {
  return known !== null || Bun.file(pathIn(MEMORY)).size > 0;
}

/** Called when something was added that takes longer to find out than the image takes to write: 4 ms, once. */
export function keepMemory(): void {
  isWorthAnImage = true;
}

/** Called at the end of a test file: keeps what was found out where that may be lost. */
export function writeMemory(): void {
  if (known === null || !isWorthAnImage || !mayLoseMemory()) return;
  isWorthAnImage = false;
  // In ASCII, which is read without a decoder: the platform makes that anew for each test file.
  const text = JSON.stringify(known).replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  const image = new TextEncoder().encode(text);
  processDirectory(givenDirectory()).keepImage(IMAGE, image);
}

function recall(): Memory {
  const run = performance.timeOrigin;
  const image = imageIn(parentsOf(undefined)) ?? imageIn(givenParents());
  const kept = image === null ? null : (JSON.parse(textOf(image)) as Memory);
  if (kept?.run === run) return kept;
  return { run, options: null, redirects: {}, configured: {}, configs: {}, warned: {} };
}

function imageIn(parents: readonly string[]): Uint8Array | null {
  for (const parent of parents) {
    const image = readBytes(pathIn(parent));
    if (image !== null) return image;
  }
  return null;
}

function pathIn(parent: string): string {
  return imagePath(ownPath(parent), IMAGE);
}

/** Arguments of one call are limited. */
const CHUNK_BYTES = 8192;

function textOf(ascii: Uint8Array): string {
  let text = "";
  for (let at = 0; at < ascii.length; at += CHUNK_BYTES) {
    text += String.fromCharCode.apply(null, ascii.subarray(at, at + CHUNK_BYTES) as never);
  }
  return text;
}

// Without the option there is no need to load what reads options.
function givenParents(): string[] {
  if (!/\btmpdir\b/.test(readText(`${process.cwd()}/bunfig.toml`) ?? "")) return [];
  const base = givenDirectory();
  return base === undefined ? [] : [base];
}

function givenDirectory(): string | undefined {
  if (known?.options != null) return known.options.tmpdir;
  const { loadOptions } =
    require("../runtime/config/options.ts") as typeof import("../runtime/config/options.ts");
  try {
    return loadOptions(process.cwd()).tmpdir;
  } catch {
    // Options that are wrong are reported by whoever uses them.
    return undefined;
  }
}
