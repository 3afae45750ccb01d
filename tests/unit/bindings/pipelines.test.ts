import { expect, test } from "bun:test";
import { inspect } from "../../../runtime/inspect.ts";
import { openTestWorld } from "../../bindings/world.ts";

interface Pipeline {
  send(records: unknown): Promise<void>;
}

const config = { pipelines: [{ binding: "STREAM", stream: "stream" }] };

test("records are kept as their JSON says, in the order sent", async () => {
  using opened = openTestWorld(config);
  const STREAM = opened.world.primary.env["STREAM"] as Pipeline;
  await STREAM.send([{ event: "view", at: new Date(0), none: undefined }, { n: [1, null] }]);
  expect(inspect(opened.world, STREAM)?.state).toEqual([
    { event: "view", at: "1970-01-01T00:00:00.000Z" },
    { n: [1, null] },
  ]);
});

test("what is no list of objects is refused, and nothing of it is kept", async () => {
  using opened = openTestWorld(config);
  const STREAM = opened.world.primary.env["STREAM"] as Pipeline;
  for (const records of [undefined, "text", { n: 1 }, [{ n: 1 }, "text"], [null], [() => 1]]) {
    await expect(STREAM.send(records)).rejects.toThrow("send() takes a list of objects");
  }
  expect(inspect(opened.world, STREAM)?.state).toEqual([]);
});
