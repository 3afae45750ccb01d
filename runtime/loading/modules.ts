// The exports of modules that are no code: text, data, WebAssembly, and what a query asks for.
// https://developers.cloudflare.com/workers/runtime-apis/webassembly/javascript/

import { readBytes } from "../files.ts";
import type { ModuleType } from "./rules.ts";

/** The exports of a file by the rule that it matches. Throws when there is no such file. */
export function moduleExports(type: ModuleType, file: string): { default: unknown } {
  const bytes = read(file);
  switch (type) {
    case "Text":
      return { default: new TextDecoder().decode(bytes) };
    case "Data":
      return { default: bytes.buffer };
    case "CompiledWasm":
      return { default: new WebAssembly.Module(bytes) };
  }
}

/** The exports of a file with a query: its text for `?raw`, a function that makes an instance for `?init`. */
export function queryExports(query: "raw" | "init", file: string): { default: unknown } {
  if (query === "raw") return moduleExports("Text", file);
  const module = new WebAssembly.Module(read(file));
  const init = async (imports?: Bun.WebAssembly.Imports): Promise<WebAssembly.Instance> =>
    new WebAssembly.Instance(module, imports);
  return { default: init };
}

function read(file: string): Uint8Array<ArrayBuffer> {
  const bytes = readBytes(file);
  if (bytes === null) throw new Error(`Cannot find module "${file}"`);
  // Of its own: what is imported as data is a whole buffer.
  return bytes.slice();
}
