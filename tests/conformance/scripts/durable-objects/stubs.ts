// Stubs: what they look like, and what their `fetch` refuses and passes on.

import { DurableObject } from "cloudflare:workers";
import { script } from "../../script.ts";
import { configOf } from "./support/inside.ts";

export class Echo extends DurableObject {
  override async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    switch (pathname) {
      case "/throw":
        throw new RangeError("out of range");
      case "/custom":
        throw Object.assign(new (class MyError extends Error {})("mine"), { extra: 1 });
      case "/string":
        throw "text";
      case "/nothing":
        return undefined as unknown as Response;
      case "/number":
        return 5 as unknown as Response;
    }
    return new Response(null);
  }
}

export class Plain {
  async alarm(): Promise<void> {}
}

export default script<{ OBJECTS: DurableObjectNamespace; PLAIN: DurableObjectNamespace }>({
  id: "durable-objects-stubs",
  compatibilityDate: "2026-11-01",
  config: {
    durable_objects: {
      bindings: [
        { name: "OBJECTS", class_name: "Echo" },
        { name: "PLAIN", class_name: "Plain" },
      ],
    },
    migrations: [
      ...(configOf("Echo")["migrations"] as object[]),
      { tag: "v2", new_sqlite_classes: ["Plain"] },
    ],
  },
  async run({ env: { OBJECTS, PLAIN }, call, chain, note }) {
    const stub = OBJECTS.get(OBJECTS.idFromName("name"));
    await note("class name", Object.getPrototypeOf(stub).constructor.name);
    await note("tag", Object.prototype.toString.call(stub));
    await note("typeof", typeof stub);
    await note("own keys", Reflect.ownKeys(stub));
    await note("keys", Object.keys(stub));
    await note("name and id", [stub.name, String(stub.id) === String(OBJECTS.idFromName("name"))]);
    await note("the id of a stub equals", stub.id.equals(OBJECTS.idFromName("name")));
    await note("anything in stub", "anything" in stub);
    await note("then", typeof (stub as unknown as { then: unknown }).then);
    await note("a member", typeof (stub as unknown as { member: unknown }).member);
    await note("name of a stub by unique id", OBJECTS.get(OBJECTS.newUniqueId()).name);

    await call("stub.fetch with redirect error", stub, [
      "http://object/redirect",
      { redirect: "error" },
    ]);
    await call("stub.fetch of a relative URL", stub, ["/path"]);
    await call("stub.fetch of nothing", stub, []);
    await call("stub.fetch of another scheme", stub, ["foo:bar"]);
    for (const path of ["throw", "custom", "string", "nothing", "number"]) {
      await call("stub.fetch", stub, [`http://object/${path}`, { headers: { "x-path": path } }]);
    }
    await chain("fetch, detached", { fetch: stub.fetch }, ["fetch", "http://object/"]);
    await call("stub.fetch aborted", stub, [
      "http://object/",
      { signal: AbortSignal.abort(new Error("why")) },
    ]);

    const plain = PLAIN.get(PLAIN.idFromName("plain"));
    await call("plain.fetch of a class without it", plain, ["http://plain/", { cf: {} }]);
    await call.with({ counts: false }, "plain.method of a class that extends nothing", plain, [1]);
  },
});
