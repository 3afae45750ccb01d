// The env of the worker beside, and the messages of matchers that fail.

import { getEnv } from "bunflare";

export interface Env {
  readonly KV: { put(key: string, value: string, options?: object): Promise<void> };
  readonly DB: { exec(sql: string): Promise<unknown> };
  readonly VISITS: { writeDataPoint(point: object): void };
  readonly MODE: string;
}

export const env = getEnv<Env>();

/** The message of an assertion that fails, without colours. */
export function failureOf(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    return Bun.stripANSI((error as Error).message);
  }
  throw new Error("the assertion holds");
}
