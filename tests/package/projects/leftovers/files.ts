// Which test file of this process is the current one, for code that outlives its own. Under --isolate a file's global
// object ends with it, and so does the code that would ask.

import { appendFileSync } from "node:fs";

const memory = globalThis as { startedFiles?: number };

/** Counts a test file that starts. Gives a function that waits until the next one does. */
export function startFile(): () => Promise<void> {
  memory.startedFiles = (memory.startedFiles ?? 0) + 1;
  const mine = memory.startedFiles;
  return async () => {
    while (memory.startedFiles === mine) await turn();
  };
}

/** One turn of the event loop. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Does what a leftover does, and notes for the outer test how it went. */
export async function note(leftover: string, action: () => Promise<unknown>): Promise<void> {
  let outcome = "done";
  try {
    await action();
  } catch (error) {
    outcome = String(error);
  }
  appendFileSync(process.env.OUTCOMES ?? "outcomes", `${leftover}: ${outcome}\n`);
}
