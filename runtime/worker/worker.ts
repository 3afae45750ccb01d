// One worker of a world: its configuration, its env, and its main module, loaded before the first event.

import type { WorkerConfig } from "../config/types.ts";
import type { Env } from "../env.ts";
import { BunflareError } from "../errors.ts";
import type { Owner } from "../owner.ts";
import type { Realm } from "../rpc/callee.ts";
import { ExportedClasses } from "../rpc/exported-classes.ts";
import type { Rpc } from "../rpc/stub.ts";
import { checkExports, type ClassUse } from "./exports.ts";
import type { LoopbackOptions, Loopbacks } from "./loopbacks.ts";

/** The exports of a main module. */
export type MainModule = Readonly<Record<string, unknown>>;

/** What a worker is made from. */
export interface WorkerOptions {
  readonly config: WorkerConfig;
  readonly env: Env;
  /** Classes that the configuration names and `main` must export. */
  readonly classes: readonly ClassUse[];
  /** Imports a module in this worker's module graph. */
  load(main: string): Promise<MainModule>;
  /** Who causes what code outside of events starts. */
  owner(): Owner;
  /** The RPC classes that its `cloudflare:workers` has given to it; made at first use unless given. */
  readonly rpc?: () => Rpc;
  /** What `ctx.exports` has for Durable Object classes, by their names. */
  readonly namespaces: ReadonlyMap<string, () => unknown>;
}

/** See the head of the file. */
export class Worker {
  readonly config: WorkerConfig;
  readonly env: Env;
  readonly #options: WorkerOptions;
  #main: Promise<MainModule> | null = null;
  #exports: MainModule | null = null;
  #loopbacks: Loopbacks | null = null;
  #rpc: Rpc | null = null;
  #classes: ExportedClasses | null = null;

  constructor(options: WorkerOptions) {
    this.config = options.config;
    this.env = options.env;
    this.#options = options;
  }

  get name(): string {
    return this.config.name;
  }

  /** The RPC classes as its code imports them, if it is a further worker: those of the primary one are the test file's. */
  get classes(): ExportedClasses {
    return (this.#classes ??= new ExportedClasses());
  }

  /** The RPC classes of its code, and what makes its stubs. */
  get rpc(): Rpc {
    return (this.#rpc ??= this.#options.rpc?.() ?? createRpc(() => this.realm, this.classes));
  }

  /** Where the calling code uses stubs of this worker: in an event of it, or in a test. */
  get realm(): Realm {
    const { currentRealm } = require("./realm.ts") as typeof import("./realm.ts");
    return currentRealm(this, () => this.#options.owner());
  }

  /** Stubs of its own exports: what `ctx.exports` is. */
  get exports(): Record<string, unknown> {
    const { owner, namespaces } = this.#options;
    this.#loopbacks ??= createLoopbacks({ worker: this, owner, namespaces });
    return this.#loopbacks.object(this.#exports);
  }

  /**
   * The exports of `main`; imported once, at the first call. It is imported, never required: import cycles and
   * top-level await work (decision 9).
   *
   * Rejects with `BunflareError` "main_missing" when the configuration has no `main`, and "main_invalid" when it lacks
   * a class that the configuration names.
   */
  main(): Promise<MainModule> {
    return (this.#main ??= this.#load());
  }

  async #load(): Promise<MainModule> {
    const { config } = this;
    if (config.main === null) {
      throw config.error("main_missing", ["main"], {
        what: "the worker has no entry module",
        why: '"main" is not set',
        todo: 'Set "main" to the module that exports the handlers',
      });
    }
    if (!(await Bun.file(config.main).exists())) {
      throw config.error("main_missing", ["main"], {
        what: `the entry module does not exist`,
        why: `there is no file ${config.main}`,
        todo: '"main" is relative to the configuration file',
      });
    }
    const exports = await this.#options.load(config.main);
    checkExports(config, exports, this.#options.classes);
    this.#exports = exports;
    return exports;
  }

  /** The entrypoint of a name; "default" is the default export. */
  async entrypoint(name: string): Promise<unknown> {
    const main = await this.main();
    if (name in main) return main[name];
    throw new BunflareError("handler_missing", {
      what: `the worker "${this.name}" has no entrypoint "${name}"`,
      why: `${this.config.main} exports ${Object.keys(main).join(", ") || "nothing"}`,
    });
  }
}

// Loaded at first use, as the realm is: most workers call nobody.

function createLoopbacks(options: LoopbackOptions): Loopbacks {
  const { Loopbacks } = require("./loopbacks.ts") as typeof import("./loopbacks.ts");
  return new Loopbacks(options);
}

function createRpc(current: () => Realm, classes: ExportedClasses): Rpc {
  const { createRpc } = require("../rpc/stub.ts") as typeof import("../rpc/stub.ts");
  return createRpc(current, classes);
}
