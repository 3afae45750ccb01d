// Undoes `mock.module` between files. Bun has no way back from a mock (neither `mock.restore()` nor an emptied module
// cache is one), but mocking the module once more, with itself, is.

import { jest, mock, vi } from "bun:test";
import { cloudflareModule } from "./modules.ts";

/** Modules with this query are the real ones: a mock covers only the path without it. */
const REAL = "?bunflare-real";

/** The mocked modules; built-in ones with their real exports, which cannot be loaded past a mock. */
const mocked = new Map<string, object | null>();

/** Notes every module that is mocked from now on. */
export function recordModuleMocks(): void {
  const mockModule = mock.module.bind(mock);
  const recorded: typeof mock.module = (specifier, factory) => {
    const path = resolveFrom(specifier, callerOf(recorded));
    if (!mocked.has(path)) mocked.set(path, builtinExports(path));
    return mockModule(path, factory);
  };
  // `jest.mock` exists, and bun-types does not know it.
  Object.assign(jest, { mock: recorded });
  mock.module = recorded;
  vi.mock = recorded;
}

function builtinExports(path: string): object | null {
  const { isBuiltin } = require("node:module") as typeof import("node:module");
  return isBuiltin(path) ? { ...require(path) } : null;
}

/** Gives every mocked module its real exports back. The module cache must be empty already, or it loads them now. */
export function undoModuleMocks(): void {
  for (const [path, builtin] of mocked) {
    void mock.module(path, () => builtin ?? realExports(path));
  }
  mocked.clear();
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
