// Own properties of platform objects that cost nothing until they are read, as workerd has them.

/** Defines an enumerable, writable property for each getter, which is called once at the most. */
export function lazyProperties(
  object: object,
  getters: Readonly<Record<string, () => unknown>>,
): void {
  for (const [name, make] of Object.entries(getters)) {
    const settle = (value: unknown): unknown => {
      const shape = { enumerable: true, configurable: true, writable: true };
      Object.defineProperty(object, name, { ...shape, value });
      return value;
    };
    Object.defineProperty(object, name, {
      enumerable: true,
      configurable: true,
      get: () => settle(make()),
      set: settle,
    });
  }
}
