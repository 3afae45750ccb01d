import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { DueQueue } from "../../../runtime/clock/queue.ts";

const nothing = (): void => {};

describe("takeDue", () => {
  test("gives events by time, and equal times in the order of adding", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (times) => {
        const queue = new DueQueue();
        times.forEach((time, index) => queue.add(time, String(index), nothing));
        const taken: string[] = [];
        for (let due = queue.takeDue(20); due !== undefined; due = queue.takeDue(20))
          taken.push(due.label);
        const expected = times
          .map((time, index) => ({ time, index }))
          .sort((a, b) => a.time - b.time || a.index - b.index)
          .map(({ index }) => String(index));
        expect(taken).toEqual(expected);
      }),
    );
  });

  test("leaves what is not due yet", () => {
    const queue = new DueQueue();
    queue.add(10, "later", nothing);
    expect(queue.takeDue(9)).toBeUndefined();
    expect(queue.takeDue(10)?.label).toBe("later");
  });

  test("passes over what was cancelled", () => {
    const queue = new DueQueue();
    const first = queue.add(1, "first", nothing);
    queue.add(2, "second", nothing);
    first.cancelled = true;
    expect(queue.list().map((due) => due.label)).toEqual(["second"]);
    expect(queue.takeDue(5)?.label).toBe("second");
    expect(queue.takeDue(5)).toBeUndefined();
  });
});
