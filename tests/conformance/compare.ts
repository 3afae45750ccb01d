// Compares bunflare's transcript with workerd's recording, step by step, in words that say where to look.

import { identity } from "./transcript.ts";
import type { Described, Recording, Step, Transcript } from "./transcript.ts";

/** What is wrong with a transcript; nothing when bunflare does what workerd did. */
export function compare(recording: Recording, transcript: Transcript): string[] {
  if (transcript.failure !== undefined)
    return [`the script broke on bunflare: ${transcript.failure}`];
  const stale = findStale(recording.transcript, transcript.steps);
  const comparable = transcript.steps.slice(0, stale?.index);
  const problems = comparable.flatMap((step, i) => {
    const expected = recording.transcript[i];
    const problem = expected === undefined ? null : compareStep(expected, step);
    return problem === null ? [] : [`${recording.id}, step ${i + 1}, ${step.label}:${problem}`];
  });
  if (stale === null) return problems;
  // A step that takes what an earlier one gave is another step when that one failed: then nothing is out of date.
  const hint =
    problems.length > 0
      ? "perhaps because of the differences before it"
      : `to record anew: bun run conformance:record ${recording.id}`;
  return [...problems, `${stale.message}\n  ${hint}`];
}

/** The steps that are marked as different, with what bunflare does instead. */
export function differing(
  transcript: Transcript,
): { step: number; label: string; result: string }[] {
  return transcript.steps.flatMap((step, i) =>
    step.differs === undefined ? [] : [{ step: i + 1, label: step.label, result: resultOf(step) }],
  );
}

function findStale(
  recorded: readonly Step[],
  steps: readonly Step[],
): { index: number; message: string } | null {
  for (let i = 0; i < Math.max(recorded.length, steps.length); i++) {
    const [was, is] = [recorded[i], steps[i]];
    if (was !== undefined && is !== undefined && identity(was) === identity(is)) continue;
    const head = `step ${i + 1} is not the one that was recorded`;
    return { index: i, message: `${head}\n  recorded: ${name(was)}\n  script:   ${name(is)}` };
  }
  return null;
}

function name(step: Step | undefined): string {
  if (step === undefined) return "(none)";
  const { label, shape, counts, volatile, differs } = step;
  return JSON.stringify({ label, shape, counts, volatile, differs });
}

function compareStep(expected: Step, actual: Step): string | null {
  const problem = difference(expected, actual);
  if (actual.differs === undefined) return problem;
  if (problem !== null) return null;
  return ` it is marked as different (${actual.differs.class}), but does what workerd did: remove the mark`;
}

function difference(expected: Step, actual: Step): string | null {
  // The shape starts with the target's class, which is a result too; its other parts were compared before.
  if (resultOf(expected) === resultOf(actual) && expected.shape === actual.shape) return null;
  const target =
    expected.shape === actual.shape
      ? ""
      : `\n  the calls: ${expected.shape}\n        not: ${actual.shape}`;
  const path = firstPath(expected.value, actual.value);
  const where = path === null || path === "" ? "" : `\n  first at:  ${path}`;
  return `${target}${where}\n  workerd:   ${resultOf(expected)}\n  bunflare:  ${resultOf(actual)}`;
}

function resultOf({ outcome, at, value }: Step): string {
  return `${outcome}${at === undefined ? "" : ` (in ${at})`} ${JSON.stringify(value)}`;
}

/** The dotted path where two descriptions first differ; null when they do not. The order of keys counts. */
export function firstPath(a: Described, b: Described, path = ""): string | null {
  if (JSON.stringify(a) === JSON.stringify(b)) return null;
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return path;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  for (const [i, [key, value]] of left.entries()) {
    const other = right[i];
    const below = path === "" ? key : `${path}.${key}`;
    if (other === undefined || other[0] !== key) return below;
    const found = firstPath(value, other[1], below);
    if (found !== null) return found;
  }
  const extra = right[left.length]?.[0] ?? "";
  return path === "" ? extra : `${path}.${extra}`;
}
