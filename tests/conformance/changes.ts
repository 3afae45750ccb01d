// What a new recording changes in the committed one, in words.

import { identity } from "./transcript.ts";
import type { Recording, Step } from "./transcript.ts";

/** One line for each step added, removed or changed, after a line for the script; steps are matched by identity. */
export function changes(before: Recording | null, after: Recording): string[] {
  if (before === null) return [`${after.id}: new, ${after.transcript.length} steps`];
  const old = keyed(before.transcript);
  const now = keyed(after.transcript);
  const lines: string[] = [];
  for (const [key, step] of now) {
    const was = old.get(key);
    if (was === undefined) lines.push(`  + ${step.label}: ${result(step)}`);
    else if (JSON.stringify(was) !== JSON.stringify(step)) {
      lines.push(`  ~ ${step.label}`, `      was ${result(was)}`, `      now ${result(step)}`);
    }
  }
  for (const [key, step] of old)
    if (!now.has(key)) lines.push(`  - ${step.label}: ${result(step)}`);
  if (before.workerd !== after.workerd)
    lines.unshift(`  workerd ${before.workerd} → ${after.workerd}`);
  return lines.length === 0 ? [`${after.id}: unchanged`] : [`${after.id}: changed`, ...lines];
}

// The same uncounted step may occur several times: the n-th is matched with the n-th.
function keyed(steps: readonly Step[]): Map<string, Step> {
  const result = new Map<string, Step>();
  for (const step of steps) {
    const key = identity(step);
    let n = 1;
    while (result.has(`${key} ${n}`)) n++;
    result.set(`${key} ${n}`, step);
  }
  return result;
}

function result(step: Step): string {
  const value = JSON.stringify(step.value);
  return `${step.outcome} ${value.length > 200 ? `${value.slice(0, 200)}…` : value}`;
}
