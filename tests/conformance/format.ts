// Prints recordings so that diffs read well: what fits on a line is on one line, a step is always a block. The
// project's formatter has the last word (record.ts runs it): it lays out lists in its own way.

import type { Described, Recording, Step } from "./transcript.ts";

const width = 100;

/** A recording as the text of its file; equal recordings give equal text. */
export function formatRecording(recording: Recording): string {
  const { transcript, ...head } = recording;
  const lines = Object.entries(head).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`,
  );
  const steps = transcript.map((step) => `    ${formatStep(step)}`);
  return `{\n${lines.join("\n")}\n  "transcript": [\n${steps.join(",\n")}\n  ]\n}\n`;
}

function formatStep(step: Step): string {
  const fields = Object.entries(step).map(
    ([key, value]) =>
      `      ${JSON.stringify(key)}: ${format(value as Described, 6, key.length + 4)}`,
  );
  return `{\n${fields.join(",\n")}\n    }`;
}

/** JSON on one line where it fits, else one item a line; `used` are the columns before it on its first line. */
export function format(value: Described, indent = 0, used = 0): string {
  const flat = inline(value);
  if (indent + used + flat.length < width || value === null || typeof value !== "object")
    return flat;
  const pad = " ".repeat(indent + 2);
  const items = Array.isArray(value)
    ? value.map((item) => format(item, indent + 2))
    : Object.entries(value).map(
        ([key, item]) => `${JSON.stringify(key)}: ${format(item, indent + 2, key.length + 4)}`,
      );
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}\n${items.map((item) => pad + item).join(",\n")}\n${" ".repeat(indent)}${close}`;
}

function inline(value: Described): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  const fields = Object.entries(value).map(
    ([key, item]) => `${JSON.stringify(key)}: ${inline(item)}`,
  );
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}
