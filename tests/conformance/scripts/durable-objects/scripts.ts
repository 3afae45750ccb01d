// Objects of a class that another worker exports.

import { script } from "../../script.ts";

type Stub = { add(by: number): Promise<number>; where(): Promise<string>; fetch: Fetcher["fetch"] };

export default script<{ NAME: string; SHARED: DurableObjectNamespace; OWNER: Fetcher }>({
  id: "durable-objects-scripts",
  compatibilityDate: "2026-11-01",
  config: {
    vars: { NAME: "the caller" },
    durable_objects: {
      bindings: [{ name: "SHARED", class_name: "Shared", script_name: "owner" }],
    },
    services: [{ binding: "OWNER", service: "owner" }],
  },
  workers: {
    owner: {
      main: "./workers/owner.ts",
      config: {
        vars: { NAME: "the owner" },
        durable_objects: { bindings: [{ name: "OWN", class_name: "Shared" }] },
        migrations: [{ tag: "v1", new_sqlite_classes: ["Shared"] }],
      },
    },
  },
  async run({ env: { SHARED, OWNER }, call, note }) {
    const id = SHARED.idFromName("shared");
    const stub = SHARED.get(id) as unknown as Stub;
    await call("stub.add", stub, [1]);
    await call.with({ counts: false }, "stub.add again", stub, [2]);
    await call("stub.where", stub, [1]);
    await note("fetch", await (await stub.fetch("http://object/")).text());
    const [text, sum] = (await (await OWNER.fetch("http://owner/")).json()) as [string, number];
    await note("the same id", [text === String(id), text]);
    await note("the same object", sum);
  },
});
