// Undoes `mock.module` between files. Bun has no way back from a mock (neither `mock.restore()` nor an emptied module
// cache is one), but mocking the module once more, with itself, is.

import { jest, mock, vi } from "bun:test";
import { currentFile } from "./current-file.ts";
import { cloudflareModule } from "./modules.ts";

/** Modules with this query are the real ones: a mock covers only the path without it. */
const REAL = "?bunflare-real";

type Factory = Parameters<typeof mock.module>[1];

/** What preloads have mocked stays so for every file. */
const lasting = new Map<string, Factory>();

/** What the current file has mocked, and what gives the module back. */
const restores = new Map<string, Factory>();

/** Notes every module that is mocked from now on. */
export function recordModuleMocks(): void {
  const mockModule = mock.module.bind(mock);
  const recorded: typeof mock.module = (specifier, factory) => {
    const path = resolveFrom(specifier, callerOf(recorded));
    if (currentFile() === undefined) lasting.set(path, factory);
    else if (!restores.has(path)) restores.set(path, lasting.get(path) ?? realFactory(path));
    return mockModule(path, factory);
  };
  // `jest.mock` exists, and bun-types does not know it.
  Object.assign(jest, { mock: recorded });
  mock.module = recorded;
  vi.mock = recorded;
}

function realFactory(path: string): Factory {
  const { isBuiltin } = require("node:module") as typeof import("node:module");
  if (!isBuiltin(path)) return () => realExports(path);
  // Built-in modules cannot be loaded past a mock.
  const real: object = { ...require(path) };
  return () => real;
}

/** Takes back what the last file mocked. The module cache must be empty already, or it loads the modules now. */
export function undoModuleMocks(): void {
  for (const [path, restore] of restores) void mock.module(path, restore);
  restores.clear();
}

function realExports(path: string): unknown {
  if (path.startsWith("cloudflare:")) return cloudflareModule(path);
  if (!path.startsWith("/")) {
    throw new Error(`Cannot find package "${path}": a test file before this one had mocked it.`);
  }
  try {
    return require(path + REAL);
  } catch (error) {
    // A module with top-level await cannot be required.
    if (String(error).includes("async module")) return import(path + REAL);
    throw error;
  }
}

/** Bun resolves a relative specifier against the file that calls `mock.module`, which would be this one. */
function resolveFrom(specifier: string, caller: string): string {
  if (specifier.startsWith("cloudflare:")) return specifier;
  const { dirname, join } = require("node:path") as typeof import("node:path");
  try {
    return Bun.resolveSync(specifier, dirname(caller));
  } catch {
    // Mocking a module that does not exist is allowed: it makes a virtual one.
    return specifier.startsWith(".") ? join(dirname(caller), specifier) : specifier;
  }
}

function callerOf(callee: (...args: never[]) => unknown): string {
  const place: { stack?: string } = {};
  Error.captureStackTrace(place, callee);
  return /\(?(\/[^():]+):\d+:\d+/.exec(place.stack ?? "")?.[1] ?? Bun.main;
}
