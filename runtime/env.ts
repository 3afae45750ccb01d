// The `env` object of one worker: variables as data, bindings as accessors that open them at first use. A plain,
// mutable object, as workerd's is: it can be spread, and tests replace members of it.

/** An env; typed by the user's own `Env`. */
export type Env = Record<string, unknown>;

/**
 * Makes an env. Each entry of `bindings` is called at the first read of its name; then the value is an ordinary data
 * property.
 */
export function createEnv(
  variables: Readonly<Record<string, unknown>>,
  bindings: ReadonlyMap<string, () => unknown>,
): Env {
  const env: Env = { ...variables };
  for (const [name, expose] of bindings) defineLazily(env, name, expose);
  return env;
}

function defineLazily(env: Env, name: string, expose: () => unknown): void {
  const shape = { enumerable: true, configurable: true };
  const settle = (value: unknown): unknown => {
    Object.defineProperty(env, name, { ...shape, writable: true, value });
    return value;
  };
  Object.defineProperty(env, name, { ...shape, get: () => settle(expose()), set: settle });
}
