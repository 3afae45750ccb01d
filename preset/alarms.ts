// `advanceAlarms`: runs the alarms of Durable Objects, now or by moving time.

import type { AlarmRun } from "../runtime/bindings/durable-objects/alarms.ts";
import type { Objects } from "../runtime/bindings/durable-objects/objects.ts";
import type { World } from "../runtime/world.ts";
import type { FileScope } from "./file-scope.ts";
import { assertOutside, type Moment, readTarget } from "./moment.ts";

/** Runs the alarms that are set, or those that come due until a moment. */
export async function advanceAlarms(
  file: Pick<FileScope, "world">,
  by: Moment | undefined,
): Promise<AlarmRun[]> {
  assertOutside("advanceAlarms");
  const world = file.world();
  // Only that binding has resources of this kind.
  const namespaces = world.resources("durable-objects") as Objects[];
  if (by === undefined) return runPending(namespaces);
  return runUntil(world, namespaces, readTarget(by));
}

async function runPending(namespaces: readonly Objects[]): Promise<AlarmRun[]> {
  const pending = namespaces.flatMap(({ alarms }) =>
    alarms.pending().map((alarm) => ({ ...alarm, alarms })),
  );
  const runs: AlarmRun[] = [];
  for (const { alarms, id, due } of pending.sort((a, b) => a.due - b.due)) {
    // An earlier one may have deleted it, or set it to another time.
    if (!alarms.pending().some((alarm) => alarm.id === id && alarm.due === due)) continue;
    const run = await alarms.run(id);
    if (run !== null) runs.push(run);
  }
  return runs;
}

async function runUntil(
  world: World,
  namespaces: readonly Objects[],
  target: (now: number) => number,
): Promise<AlarmRun[]> {
  const runs: AlarmRun[] = [];
  for (const { alarms } of namespaces) alarms.collector = (run) => runs.push(run);
  try {
    await world.advance(target);
  } finally {
    for (const { alarms } of namespaces) alarms.collector = null;
  }
  return runs;
}
