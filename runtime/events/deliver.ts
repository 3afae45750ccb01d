// The frame around every event: it starts in a turn of its own (law 5), and everything that runs in it knows its owner
// and its event.

import { native } from "../clock/native.ts";
import { context } from "../context.ts";
import type { Owner } from "../owner.ts";
import type { Worker } from "../worker/worker.ts";
import { WorkerEvent } from "./event.ts";

/** Delivers one event: runs `handle` in a later turn, inside the event. */
export async function deliver<T>(
  worker: Worker,
  owner: Owner,
  label: string,
  handle: (event: WorkerEvent) => T | Promise<T>,
): Promise<T> {
  const event = new WorkerEvent(label, worker, owner);
  event.begin();
  try {
    // A message leaves an actor when what was written before it is safe.
    await context.get()?.event?.gate?.whenConfirmed;
    await new Promise<void>((resolve) => void native.setImmediate(resolve));
    owner.world().assertOpen();
    return await context.run({ owner, event }, () => handle(event));
  } finally {
    event.end();
  }
}
