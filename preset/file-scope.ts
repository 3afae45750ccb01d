// One test file while it runs: its world, opened at first use, its owners, and the timers that end with it.

import { context } from "../runtime/context.ts";
import { BunflareError } from "../runtime/errors.ts";
import { Owner, type OwnerLevel } from "../runtime/owner.ts";
import { ExportedClasses } from "../runtime/rpc/exported-classes.ts";
import type { Rpc } from "../runtime/rpc/stub.ts";
import type { Worker } from "../runtime/worker/worker.ts";
import type { World } from "../runtime/world.ts";
import type { Overrides } from "./override.ts";
import { hideOwnFrames } from "./own-frames.ts";

type Timer = ReturnType<typeof setTimeout>;

/** See the head of the file. */
export class FileScope {
  /** The test file, absolute. */
  readonly path: string;
  /** Native timers of the file's code that have not fired. */
  readonly timers = new Set<Timer>();
  /** Gets the errors of what runs outside of the file's tests and hooks. */
  readonly #owner: Owner;
  /** The test or hook that runs outside of the async context, because that was not loaded when it began. */
  #bare: Owner | null = null;
  #overrides: Overrides | null = null;
  #world: World | null = null;
  #rpc: Rpc | null = null;
  #classes: ExportedClasses | null = null;
  readonly #undos: (() => void)[] = [];
  /** Whether the runner's time was set before there was a world. */
  #obeysRunner = false;
  #closed = false;

  constructor(path: string) {
    this.path = path;
    this.#owner = this.#createOwner("file", true);
  }

  /** How messages name the file: relative to the working directory where it lies in it. */
  get name(): string {
    const cwd = `${process.cwd()}/`;
    return this.path.startsWith(cwd) ? this.path.slice(cwd.length) : this.path;
  }

  /** The owner of the calling code: its test or hook, else the file. */
  get owner(): Owner {
    return context.get()?.owner ?? this.#bare ?? this.#owner;
  }

  /**
   * Calls the body of a test or hook with an owner of its own. The first ones of a file run without the async context,
   * one at a time, until an event or a concurrent test needs it.
   */
  runTest<T>(level: OwnerLevel, body: (owner: Owner) => T): T {
    const owner = this.#createOwner(level);
    const isBare = !context.isActive && this.#bare === null;
    owner.onEnd = () => {
      if (isBare) this.#bare = null;
      if (level === "test") this.#overrides?.endEach();
    };
    if (!isBare) return context.run({ owner, event: null }, () => body(owner));
    this.#bare = owner;
    return body(owner);
  }

  /** What `override` replaced; made at the first call. */
  overrides(): Overrides {
    if (this.#overrides === null) {
      const { Overrides } = require("./override.ts") as typeof import("./override.ts");
      this.#overrides = new Overrides();
    }
    return this.#overrides;
  }

  /**
   * The file's world. Throws `ConfigError` when its configuration is wrong, and "store_closed" when the file has ended.
   */
  world(): World {
    if (this.#world !== null) return this.#world;
    if (this.#closed) {
      throw new BunflareError("store_closed", {
        what: `the store of ${this.name} is closed`,
        why: "its test file has ended, and this code is a leftover of it",
        todo: "Await the work in the test that starts it",
      });
    }
    const { openWorld } = require("./open-world.ts") as typeof import("./open-world.ts");
    this.#world = openWorld(this);
    if (this.#obeysRunner) this.#world.clock.obey(true);
    return this.#world;
  }

  /**
   * The RPC classes of the primary worker. They are there before the world is, because `cloudflare:workers` exports them.
   */
  rpc(): Rpc {
    if (this.#rpc === null) {
      const { createRpc } =
        require("../runtime/rpc/stub.ts") as typeof import("../runtime/rpc/stub.ts");
      this.#rpc = createRpc(() => this.worker().realm, this.classes);
    }
    return this.#rpc;
  }

  /** The RPC classes as `cloudflare:workers` exports them. */
  get classes(): ExportedClasses {
    return (this.#classes ??= new ExportedClasses());
  }

  /** The worker whose code calls: that of its event, in tests the primary one. */
  worker(): Worker {
    return context.get()?.event?.worker ?? this.world().primary;
  }

  /** Calls `undo` at the end of the file. */
  atEnd(undo: () => void): void {
    this.#undos.push(undo);
  }

  /**
   * Called when the runner's system time or fake timers have changed the clock that the world's counts on; `isSet` says
   * that they gave it a time, which then is the world's.
   */
  runnerTimeChanged(isSet: boolean): void {
    if (this.#closed) return;
    if (this.#world === null) this.#obeysRunner ||= isSet;
    else this.#world.clock.obey(isSet);
  }

  /** Ends the file: cancels its timers and closes its world. */
  close(): void {
    this.#closed = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.#world?.close();
    for (const undo of this.#undos.splice(0).reverse()) undo();
  }

  #createOwner(level: OwnerLevel, isEndless = false): Owner {
    const late = (error: unknown): void => this.#late(error);
    return new Owner({ level, isEndless, world: () => this.world(), late });
  }

  // An error that nobody waits for any more. After the end of the file its cause is the end itself.
  #late(error: unknown): void {
    if (!this.#closed) void Promise.reject(hideOwnFrames(error));
  }
}
