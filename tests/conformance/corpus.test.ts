// The recordings as a body: every script has one, no step is counted twice, and every fact has an owner.

import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ahead } from "./ahead.ts";
import { listOrphans, listScripts, readRecording } from "./catalog.ts";
import { countSteps, findDuplicates, maxDiffering, readRecordings } from "./counting.ts";
import { countPending, listFacts, nameOf } from "./facts.ts";
import { hashSteps } from "./transcript.ts";

const root = join(import.meta.dir, "../..");

test("every script has a recording, and every recording a script", () => {
  const missing = listScripts().filter((entry) => readRecording(entry) === null);
  expect(missing.map(({ id }) => id)).toEqual([]);
  expect(listOrphans()).toEqual([]);
});

test("recordings are as they were written", () => {
  for (const { id, steps, transcript } of readRecordings()) {
    expect({ id, steps }).toEqual({ id, steps: hashSteps(transcript) });
  }
});

test("all recordings are of one version of workerd", () => {
  expect(new Set(readRecordings().map(({ workerd }) => workerd)).size).toBe(1);
});

test("no two counted steps have equal members and argument shapes", () => {
  expect(findDuplicates(readRecordings())).toEqual([]);
});

test("at most three in a hundred steps differ from workerd", () => {
  const { steps, differs } = countSteps(readRecordings(), ahead);
  const differing = Object.values(differs).reduce((sum, count) => sum + count, 0);
  expect(differing).toBeLessThanOrEqual(steps * maxDiffering);
});

test("every script that is ahead of the code exists", () => {
  const known = new Set(listScripts().map(({ id }) => id));
  expect(Object.keys(ahead).filter((id) => !known.has(id))).toEqual([]);
});

test("every owner of a fact exists", () => {
  const known = new Set(listScripts().map(({ id }) => id));
  const unknown = listFacts().flatMap((fact) => [
    ...fact.scripts.filter((id) => !known.has(id)).map((id) => `${nameOf(fact)} (${id})`),
    ...fact.tests
      .filter((path) => !existsSync(join(root, path)))
      .map((path) => `${nameOf(fact)} (${path})`),
  ]);
  expect(unknown).toEqual([]);
});

test("every fact has an owner, or areas that will be one", () => {
  const facts = listFacts();
  const names = facts.map(nameOf);
  expect(names.length).toBe(new Set(names).size);
  const homeless = facts.filter(
    ({ scripts, tests, pending }) => scripts.length + tests.length + pending.length === 0,
  );
  expect(homeless.map(nameOf)).toEqual([]);
  console.log("facts that wait for an area:", countPending(facts));
});

test("what is ahead of the code owns no fact alone", () => {
  const alone = listFacts().filter(
    ({ scripts, tests, pending }) =>
      scripts.length > 0 &&
      tests.length + pending.length === 0 &&
      scripts.every((id) => id in ahead),
  );
  expect(alone.map(nameOf)).toEqual([]);
});
