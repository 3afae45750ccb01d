// The `env` object of one worker: variables as data, bindings as accessors that open them at first use. A plain,
// mutable object, as workerd's is: it can be spread, and tests replace members of it.

/** An env; typed by the user's own `Env`. */
export type Env = Record<string, unknown>;

/**
 * Makes an env. Each entry of `bindings` is called at the first read of its name; then the value is an ordinary data
 * property. `fakes` take the place of both.
 */
export function createEnv(
  variables: Readonly<Record<string, unknown>>,
  bindings: ReadonlyMap<string, () => unknown>,
  fakes: Readonly<Record<string, unknown>> = {},
): Env {
  const env: Env = { ...variables };
  for (const [name, expose] of bindings) defineLazily(env, name, expose);
  for (const [name, fake] of Object.entries(fakes)) {
    Object.defineProperty(env, name, { ...SHAPE, writable: true, value: fake });
  }
  return env;
}

const SHAPE = { enumerable: true, configurable: true } as const;

function defineLazily(env: Env, name: string, expose: () => unknown): void {
  const settle = (value: unknown): unknown => {
    Object.defineProperty(env, name, { ...SHAPE, writable: true, value });
    return value;
  };
  Object.defineProperty(env, name, { ...SHAPE, get: () => settle(expose()), set: settle });
}
