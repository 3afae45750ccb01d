// Every patch can be taken back, whether or not its global was used.

import { expect, test } from "bun:test";
import { join } from "node:path";
import { UndoStack } from "../../../runtime/globals/install.ts";

test("the undo puts everything back, and objects that were made before keep working", async () => {
  // A process of its own: other test files of this one may have patched the globals.
  const probe = Bun.spawn([process.execPath, join(import.meta.dir, "undo-probe.ts")]);
  expect(await new Response(probe.stdout).json()).toEqual({
    unused: -1,
    used: 10,
    whilePatched: true,
    afterUse: -1,
    kept: [true, { a: 1 }, "x"],
  });
});

test("undos run in reverse order, and failures come together at the end", () => {
  const order: number[] = [];
  const undos = new UndoStack();
  for (const n of [1, 2, 3, 4]) {
    undos.add(() => {
      order.push(n);
      if (n % 2 === 0) throw new Error(`undo ${n}`);
    });
  }
  let thrown: unknown;
  try {
    undos.undo();
  } catch (error) {
    thrown = error;
  }
  expect(order).toEqual([4, 3, 2, 1]);
  expect((thrown as AggregateError).errors.map(String)).toEqual(["Error: undo 4", "Error: undo 2"]);
});
