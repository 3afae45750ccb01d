// `bun tests/conformance/report.ts`, a part of `bun run check`: how many steps were recorded from workerd, how many of
// them bunflare is allowed to do otherwise, and which facts nothing proves yet. Fails above 3 %, and when a counted step repeats another.

import { ahead } from "./ahead.ts";
import { countSteps, findDuplicates, maxDiffering, readRecordings } from "./counting.ts";
import { countPending, listFacts } from "./facts.ts";

const recordings = readRecordings();
const { steps, ahead: aheadSteps, areas, differs } = countSteps(recordings, ahead);
const list = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ") || "none";
const differing = Object.values(differs).reduce((sum, count) => sum + count, 0);
const part = steps === 0 ? 0 : differing / steps;

console.log(
  `conformance: ${steps} counted steps in ${recordings.length} recordings (${list(areas)})`,
);
console.log(
  `  differing from workerd: ${differing} (${(part * 100).toFixed(1)} %): ${list(differs)}`,
);
if (aheadSteps > 0) console.log(`  recorded ahead of the code: ${aheadSteps} steps, not counted`);
const facts = listFacts();
const open = facts.filter(({ pending }) => pending.length > 0);
console.log(
  `  ${facts.length - open.length} of ${facts.length} facts proved; open: ${list(countPending(facts))}`,
);
if (part > maxDiffering) {
  console.error(`  at most ${maxDiffering * 100} % may differ`);
  process.exitCode = 1;
}
for (const duplicate of findDuplicates(recordings)) {
  console.error(`  ${duplicate}`);
  process.exitCode = 1;
}
