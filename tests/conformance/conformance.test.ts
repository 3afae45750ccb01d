// Bunflare does, step by step, what workerd did in the recordings. `bun run conformance:record` makes these anew.

import { expect, test } from "bun:test";
import { patchGlobals } from "../../preset/globals.ts";
import { ahead } from "./ahead.ts";
import { listScripts, loadScript, readRecording } from "./catalog.ts";
import { compare, differing } from "./compare.ts";
import { runOnBunflare } from "./on-bunflare.ts";
import { hashSetup } from "./transcript.ts";

patchGlobals();

for (const entry of listScripts()) {
  const name = entry.id in ahead ? "is ahead of the code" : "does what workerd does";
  test(`${entry.id} ${name}`, async () => {
    const recording = readRecording(entry);
    if (recording === null) {
      throw new Error(`no recording: run bun run conformance:record ${entry.id}`);
    }
    const module = await loadScript(entry);
    if (recording.setup !== hashSetup(module.script)) {
      throw new Error(`its set-up has changed: run bun run conformance:record ${entry.id}`);
    }
    const transcript = await runOnBunflare(entry, module);
    const problems = compare(recording, transcript);
    if (entry.id in ahead) {
      if (problems.length > 0) return;
      throw new Error("it does what workerd does: take it off the list in ahead.ts");
    }
    if (problems.length > 0) throw new Error(summary(problems));
    const others = differing(transcript);
    if (others.length > 0) expect(others).toMatchSnapshot();
  }, 30_000);
}

function summary(problems: readonly string[]): string {
  const shown = problems.slice(0, 12);
  const rest = problems.length - shown.length;
  if (rest > 0) shown.push(`… and ${rest} more`);
  return `${problems.length} differences from workerd\n\n${shown.join("\n\n")}\n`;
}
