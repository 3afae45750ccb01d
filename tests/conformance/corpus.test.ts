// The recordings as a body: every script has one, no step is counted twice, and every fact has an owner.

import { expect, test } from "bun:test";
import { ahead } from "./ahead.ts";
import { listOrphans, listScripts, readRecording } from "./catalog.ts";
import { countSteps, findDuplicates, maxDiffering, readRecordings } from "./counting.ts";
import { listFacts } from "./facts.ts";
import { hashSteps } from "./transcript.ts";

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

test("every owner of a fact is a script, and no line is listed twice", () => {
  const facts = listFacts();
  const known = new Set(listScripts().map(({ id }) => id));
  const unknown = facts.flatMap(({ scripts }) => scripts.filter((id) => !known.has(id)));
  expect(unknown).toEqual([]);
  const lines = facts.map(({ document, section, line }) => `${document}, ${section}: ${line}`);
  expect(lines.length).toBe(new Set(lines).size);
  const pending = facts.filter(({ scripts }) => scripts.length === 0).length;
  console.log(`conformance: ${facts.length} facts listed, ${pending} pending`);
});
