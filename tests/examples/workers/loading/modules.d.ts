// What `wrangler types` leaves to the user to declare.

declare module "*.sql" {
  const text: string;
  export default text;
}
declare module "*.txt" {
  const text: string;
  export default text;
}
declare module "*.md" {
  const text: string;
  export default text;
}
declare module "*.graphql" {
  const text: string;
  export default text;
}
declare module "*?raw" {
  const text: string;
  export default text;
}
declare module "*.bin" {
  const data: ArrayBuffer;
  export default data;
}
declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
declare module "*.wasm?module" {
  const module: WebAssembly.Module;
  export default module;
}
declare module "*.wasm?init" {
  const init: (imports?: object) => Promise<WebAssembly.Instance>;
  export default init;
}
declare module "*/plain.cjs" {
  export default function plain(): string;
}
declare module "database-driver" {
  export const driver: string;
  export default class Driver {
    readonly name: string;
  }
}
declare module "@vendor/old" {
  export const old: boolean;
  export function load(): () => string;
}
declare module "virtual:build" {
  export const build: { number: number };
}

declare const VERSION: string;
declare const SAME_VERSION: string;
declare const LIMITS: { rows: number };
declare const settings: { debug: boolean };
