// The classes of RPC as `cloudflare:workers` exports them. Both the module and the classes are loaded when somebody needs
// them, in any order; an object must know the exported class as its constructor, whoever made it.

interface Class {
  readonly prototype: object;
}

/** Brings the classes of one worker together with what its module exports for them. */
export class ExportedClasses {
  readonly #exported = new Map<string, object>();
  readonly #made = new Map<string, Class>();

  /** Called with what the module exports for a class. */
  export(name: string, exported: object): void {
    this.#exported.set(name, exported);
    this.#join(name);
  }

  /** Called with a class that is there now. */
  made(name: string, made: Class): void {
    this.#made.set(name, made);
    this.#join(name);
  }

  #join(name: string): void {
    const exported = this.#exported.get(name);
    const made = this.#made.get(name);
    if (exported === undefined || made === undefined) return;
    Object.defineProperty(made.prototype, "constructor", {
      value: exported,
      writable: true,
      configurable: true,
    });
  }
}
