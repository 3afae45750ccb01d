import type { Env } from "../runtime/env.ts";
import type { FileScope } from "./file-scope.ts";

/** Makes `getEnv` for a test file. */
export function getEnvFor(file: () => FileScope): <E = Env>() => E {
  return <E>() => file().world().primary.env as E;
}
