import { expect, test } from "bun:test";
import { InputGate, type Section } from "../../../runtime/actors/input-gate.ts";

/** Everything that is waiting in microtasks happens, and no macrotask. */
async function microtasks(count = 50): Promise<void> {
  for (let i = 0; i < count; i++) await null;
}

function turn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}

function openGate(): { gate: InputGate; log: string[]; enter(name: string): Promise<void> } {
  const log: string[] = [];
  const gate = new InputGate(() => log.push("turn"));
  const enter = async (name: string, from: Section | null = null): Promise<void> => {
    await gate.wait(from);
    log.push(name);
  };
  return { gate, log, enter };
}

test("nothing enters in a microtask", async () => {
  const { log, enter } = openGate();
  const entered = enter("a");
  await microtasks();
  expect(log).toEqual([]);
  await entered;
  expect(log).toEqual(["turn", "a"]);
});

test("each enters in a turn of its own, in the order of the calls", async () => {
  const { log, enter } = openGate();
  const all = [enter("a"), enter("b"), enter("c")];
  await turn();
  expect(log).toEqual(["turn", "a"]);
  await Promise.all(all);
  expect(log).toEqual(["turn", "a", "turn", "b", "turn", "c"]);
});

test("nothing enters around a section, however long it waits", async () => {
  const { gate, log, enter } = openGate();
  const blocked = gate.block(null, async () => {
    log.push("section begins");
    for (let i = 0; i < 5; i++) await turn();
    log.push("section ends");
  });
  await Promise.all([blocked, enter("a")]);
  expect(log.filter((line) => line !== "turn")).toEqual(["section begins", "section ends", "a"]);
});

test("a section begins before what waited longer", async () => {
  const { gate, log, enter } = openGate();
  const waiting = enter("a");
  await gate.block(null, () => void log.push("section"));
  await waiting;
  expect(log.filter((line) => line !== "turn")).toEqual(["section", "a"]);
});

test("what a section itself waits for enters, and sections inside it run before it ends", async () => {
  const { gate, log, enter } = openGate();
  let inner: Promise<void> | undefined;
  const outer = gate.block(null, async (section) => {
    await gate.wait(section);
    log.push("came back");
    inner = gate.block(section, async () => {
      await turn();
      log.push("inner");
    });
  });
  await Promise.all([outer, enter("a")]);
  await inner;
  expect(log.filter((line) => line !== "turn")).toEqual(["came back", "inner", "a"]);
});

test("what a section that has ended still waits for comes back to the code around it", async () => {
  const { gate, log } = openGate();
  let late: Promise<void> | undefined;
  let ended: Section | undefined;
  await gate.block(null, (section) => {
    ended = section;
    late = gate.wait(section).then(() => void log.push("late"));
  });
  await late;
  await gate.wait(ended ?? null);
  expect(log.filter((line) => line !== "turn")).toEqual(["late"]);
});

test("a broken gate fails what waits and what comes later, and wakes nobody else", async () => {
  const { gate, log, enter } = openGate();
  const waiting = enter("a");
  const section = gate.block(null, () => void log.push("section"));
  gate.break(new Error("broken"));
  for (const each of [waiting, section, enter("b")]) {
    expect(await each.catch(String)).toBe("Error: broken");
  }
  await turn();
  expect(log).toEqual([]);
});

test("a section that fails opens the gate again", async () => {
  const { gate, enter, log } = openGate();
  const failed = gate.block(null, () => {
    throw new Error("no");
  });
  expect(await failed.catch(String)).toBe("Error: no");
  await enter("a");
  expect(log.at(-1)).toBe("a");
});
