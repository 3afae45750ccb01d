// A worker whose modules are text, data and WebAssembly, by the rules of its configuration, with `define` and `alias`.

import { WorkerEntrypoint } from "cloudflare:workers";
import greeting, { named } from "greeting-package";
import module from "./assets/add.wasm";
import bytes from "./assets/bytes.bin";
import marked from "./assets/marked.txt";
import html from "./assets/page.html";
import page from "./assets/page.md";
import query from "./assets/query.sql";
import text from "./assets/text.txt";

declare const ANSWER: number;
declare const BUILD: { readonly name: string; readonly list: readonly number[] };
declare const TYPE_OF_NOTHING: unknown;

const values: Readonly<Record<string, unknown>> = { text, marked, html, page, query, bytes };

export default class extends WorkerEntrypoint {
  value(name: string): unknown {
    return values[name];
  }
  add(a: number, b: number): unknown {
    const { exports } = new WebAssembly.Instance(module);
    return (exports["add"] as (a: number, b: number) => number)(a, b);
  }
  kinds(..._: string[]): unknown[] {
    const tag = (value: unknown): string => Object.prototype.toString.call(value);
    return [tag(module), module instanceof WebAssembly.Module, tag(bytes), typeof text];
  }
  aliased(_: string): unknown[] {
    return [greeting, named];
  }
  defined(_: string): unknown[] {
    const ours = { ANSWER: "a key of an object" };
    return [ANSWER + 1, BUILD.name, BUILD.list.length, typeof TYPE_OF_NOTHING, ours.ANSWER];
  }
  async later(name: string): Promise<unknown> {
    const loaded = (await import("./assets/text.txt")) as { default: string };
    return [name, loaded.default === text, Object.keys(loaded)];
  }
}
