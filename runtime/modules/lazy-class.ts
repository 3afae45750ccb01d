// A class that is loaded when somebody looks at it. The exports of a module must exist when it is imported, and most of
// those who import `cloudflare:workers` never touch the classes of RPC.

interface Class {
  readonly prototype: object;
}

/** Stands for the class that `load` gives at first use. */
export function lazyClass(name: string, load: () => Class): Class {
  let loaded: Class | null = null;
  const get = (): Class => (loaded ??= load());
  // Never called; a Proxy of a function can be called, constructed and extended.
  const target = { [name]: function () {} }[name] as unknown as Class & (() => void);
  const proxy: Class = new Proxy(target, {
    get: (_, key) => Reflect.get(get(), key) as unknown,
    has: (_, key) => Reflect.has(get(), key),
    set: (_, key, value) => Reflect.set(get(), key, value),
    apply: (_, self, args) =>
      Reflect.apply(get() as unknown as () => unknown, self, args) as unknown,
    construct(_, args, newTarget) {
      const Class = get() as unknown as new () => object;
      return Reflect.construct(Class, args, newTarget === proxy ? Class : newTarget);
    },
  });
  return proxy;
}
