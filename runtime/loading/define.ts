// `define`: names that stand for a value in all code of a worker. The bundler writes the value into the code; here the
// names of the primary worker are globals for as long as its test file runs, and a further worker's code gets them written in.
// https://developers.cloudflare.com/workers/wrangler/configuration/#inheritable-keys

import type { WorkerConfig } from "../config/types.ts";
import type { Undo } from "../undo.ts";

/** Makes globals of the names that a configuration defines; gives the undo. */
export function installDefines(config: WorkerConfig, scope: object): Undo {
  const undos = Object.entries(definesOf(config)).map(([name, text]) => install(scope, name, text));
  return () => undos.reverse().forEach((undo) => undo());
}

/** Writes the values into the code of one module, on the lines where the names are. */
export function defineIn(source: string, config: WorkerConfig): string {
  return Object.entries(definesOf(config)).reduce((text, [name, value]) => {
    const escaped = name.replaceAll("$", "\\$").replaceAll(".", "\\.");
    // Not a member of something else, no key of an object, and nothing that the module declares.
    const expression = new RegExp(
      `(?<![\\w$.]|\\b(?:const|let|var|function|class|interface|type|enum)\\s)${escaped}(?![\\w$]|\\s*:(?!:))`,
      "g",
    );
    return text.replace(expression, `(${value})`);
  }, source);
}

function definesOf(config: WorkerConfig): Readonly<Record<string, string>> {
  return (config.get("define") ?? {}) as Readonly<Record<string, string>>;
}

function install(scope: object, path: string, text: string): Undo {
  const names = path.split(".");
  const name = names.pop() ?? "";
  // The bundler knows these two names of the global object.
  if (names[0] === "globalThis" || names[0] === "self") names.shift();
  const undos: Undo[] = [];
  const holder = names.reduce((object, each) => {
    const value: unknown = Reflect.get(object, each);
    if (isObject(value)) return value;
    const made = {};
    undos.push(set(object, each, { value: made, writable: true }));
    return made;
  }, scope);
  undos.push(set(holder, name, descriptorOf(holder, text, scope)));
  return () => undos.reverse().forEach((undo) => undo());
}

// A value is JSON, or the name of another variable, which may come later.
function descriptorOf(holder: object, text: string, scope: object): PropertyDescriptor {
  const value = valueOf(text);
  if (value !== undefined) {
    // The environment of a process holds only text.
    return { value: holder === process.env ? String(value) : value, writable: true };
  }
  const get = (): unknown =>
    text.split(".").reduce<unknown>((on, name) => Reflect.get(Object(on) as object, name), scope);
  return { get };
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function set(object: object, key: string, descriptor: PropertyDescriptor): Undo {
  const before = Object.getOwnPropertyDescriptor(object, key);
  Object.defineProperty(object, key, { enumerable: true, configurable: true, ...descriptor });
  return () => {
    if (before === undefined) Reflect.deleteProperty(object, key);
    else Object.defineProperty(object, key, before);
  };
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
