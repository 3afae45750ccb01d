// Run by Node: what V8 itself writes for the graphs of a seed, one line of base64 each.

import { Serializer } from "node:v8";
import fc from "fast-check";
import { build, graphs } from "./payload-values.ts";

const [seed = 0, numRuns = 0] = process.argv.slice(2).map(Number);
const lines = fc.sample(graphs, { seed, numRuns }).map((graph) => {
  const serializer = new Serializer();
  serializer.writeHeader();
  serializer.writeValue(build(graph));
  return serializer.releaseBuffer().toString("base64");
});
process.stdout.write(lines.join("\n"));
