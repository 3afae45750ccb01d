// The rules of counting: a step counts once in the whole corpus, and few may differ from workerd.

import { listScripts, readRecording } from "./catalog.ts";
import type { Recording, Step } from "./transcript.ts";

/** The most that may be marked as different from workerd, as a part of the counted steps. */
export const maxDiffering = 0.03;

/** Where a step is: "kv-put, step 3 (KV.put)". */
function place(recording: Recording, index: number, step: Step): string {
  return `${recording.id}, step ${index + 1} (${step.label})`;
}

/** Counted steps that have the members and argument shapes of another one, with both places. */
export function findDuplicates(recordings: readonly Recording[]): string[] {
  const first = new Map<string, string>();
  const duplicates: string[] = [];
  for (const recording of recordings) {
    for (const [i, step] of recording.transcript.entries()) {
      if (!step.counts) continue;
      const here = place(recording, i, step);
      const before = first.get(step.shape);
      if (before === undefined) first.set(step.shape, here);
      else duplicates.push(`${here} repeats ${before}: ${step.shape}`);
    }
  }
  return duplicates;
}

/** The sums that a check prints. */
export interface Counts {
  steps: number;
  /** Steps of scripts that are recorded ahead of the code; in none of the other sums. */
  ahead: number;
  areas: Record<string, number>;
  /** Steps marked as different, by class. Marked steps that do not count are in here too. */
  differs: Record<string, number>;
}

/** Counts the steps of recordings by area, the folder of the script. */
export function countSteps(
  recordings: readonly (Recording & { area: string })[],
  ahead: Readonly<Record<string, string>>,
): Counts {
  const counts: Counts = { steps: 0, ahead: 0, areas: {}, differs: {} };
  for (const { id, area, transcript } of recordings) {
    if (id in ahead) {
      counts.ahead += transcript.filter((step) => step.counts).length;
      continue;
    }
    for (const step of transcript) {
      if (step.counts) {
        counts.steps++;
        counts.areas[area] = (counts.areas[area] ?? 0) + 1;
      }
      if (step.differs === undefined) continue;
      counts.differs[step.differs.class] = (counts.differs[step.differs.class] ?? 0) + 1;
    }
  }
  return counts;
}

/** The committed recordings of all scripts that have one. */
export function readRecordings(): (Recording & { area: string })[] {
  return listScripts().flatMap((entry) => {
    const recording = readRecording(entry);
    return recording === null ? [] : [{ ...recording, area: entry.area }];
  });
}
