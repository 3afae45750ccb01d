import { expect, test } from "bun:test";
import type { WorkerVersionMetadata } from "@cloudflare/workers-types";
import { openTestWorld } from "../../bindings/world.ts";

const config = { version_metadata: { binding: "VERSION" } };

test("the version is the same for the same seed, and survives a reset of the storage", () => {
  using first = openTestWorld(config);
  using second = openTestWorld(config);
  const { id } = first.world.primary.env["VERSION"] as WorkerVersionMetadata;
  expect(second.world.primary.env["VERSION"]).toMatchObject({ id, tag: "" });
  first.world.reset();
  expect(first.world.primary.env["VERSION"]).toMatchObject({ id });
});
