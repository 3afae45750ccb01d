// Ids: how they are made from names and texts, what they show, and what they refuse.

import { script } from "../../script.ts";
import { subject } from "./support/inside.ts";

export class First extends subject({}) {}
export class Second extends subject({}) {}

export default script<{ FIRST: DurableObjectNamespace; SECOND: DurableObjectNamespace }>({
  id: "durable-objects-ids",
  compatibilityDate: "2026-11-01",
  config: {
    durable_objects: {
      bindings: [
        { name: "FIRST", class_name: "First" },
        { name: "SECOND", class_name: "Second" },
      ],
    },
    migrations: [{ tag: "v1", new_sqlite_classes: ["First", "Second"] }],
  },
  async run({ env: { FIRST, SECOND }, call, note, make }) {
    const named = make<DurableObjectId>(FIRST, ["idFromName", "name"]);
    const text = named.toString();
    await note("the id of a name", text);
    await note("the id of the same name in another namespace", String(SECOND.idFromName("name")));
    for (const name of ["", "name", "Ünï", "\ud800", null, undefined, 5, {}, ["a"], true, 1n]) {
      const id = await call<DurableObjectId>("FIRST.idFromName", FIRST, [name]);
      await note("text and name", [String(id), id.name]);
    }
    await call("FIRST.idFromName of nothing", FIRST, ["x"].slice(1));
    await call("FIRST.idFromName of a symbol", FIRST, [Symbol("name")]);
    await note("own keys", Object.keys(named));
    await note("'name' in an id without one", "name" in FIRST.newUniqueId());
    await note("JSON", JSON.stringify(named));
    await note("tag", Object.prototype.toString.call(named));
    await note("length of a unique id", FIRST.newUniqueId().toString().length);

    const again = await call<DurableObjectId>("FIRST.idFromString", FIRST, [text]);
    await note("its name", again.name);
    await call.with({ counts: false }, "FIRST.idFromString in upper case", FIRST, [
      ` ${text.toUpperCase()}`.slice(1),
    ]);
    await call("FIRST.idFromString of another namespace", FIRST, [
      make(SECOND, ["idFromName", "b"]),
    ]);
    await call("FIRST.idFromString short", FIRST, ["abc"]);
    await call("FIRST.idFromString empty", FIRST, [""]);
    await call("FIRST.idFromString not hex", FIRST, ["z".repeat(64)]);
    await call("FIRST.idFromString too long", FIRST, [`${text}00`]);
    await call("FIRST.idFromString of a number", FIRST, [5]);
    await call("FIRST.idFromString of nothing", FIRST, []);
    await call.with({ counts: false }, "FIRST.idFromString foreign", FIRST, [
      SECOND.idFromName("b").toString(),
    ]);
    await call.with({ counts: false }, "FIRST.idFromString changed", FIRST, [
      text.slice(0, -1) + (text.endsWith("0") ? "1" : "0"),
    ]);

    await call("named.equals itself", named, ["equals", named].slice(1));
    await call("named.equals its text form", named, [again]);
    await call.with({ counts: false }, "named.equals another", named, [
      make(SECOND, ["idFromName", "name"]),
    ]);
    await call("named.equals text", named, [text]);
    await call("named.equals nothing", named, []);
    await call("named.equals null", named, [null]);
    await call("named.toString", named, []);

    for (const options of [{}, null, undefined, { jurisdiction: undefined }, { other: 1 }]) {
      await call.with({ raw: true }, "FIRST.newUniqueId", FIRST, [options]);
    }
    for (const options of [{ jurisdiction: "eu" }, { jurisdiction: "mars" }, 5, "eu"]) {
      await call("FIRST.newUniqueId", FIRST, [options]);
    }
    for (const jurisdiction of [undefined, null, "eu", "fedramp", "mars", 5]) {
      await call.with(jurisdiction == null ? { raw: true } : {}, "FIRST.jurisdiction", FIRST, [
        jurisdiction,
      ]);
    }
    await call.with({ raw: true }, "FIRST.jurisdiction of nothing", FIRST, []);

    await call.with({ raw: true }, "FIRST.get", FIRST, [named]);
    await call.with({ raw: true }, "FIRST.get with a hint", FIRST, [named, { locationHint: "eu" }]);
    await call.with({ raw: true }, "FIRST.get with a bad hint", FIRST, [
      named,
      { locationHint: "mars" },
    ]);
    await call("FIRST.get with bad options", FIRST, [named, 5]);
    await call("FIRST.get of text", FIRST, [text]);
    await call("FIRST.get of nothing", FIRST, []);
    await call("FIRST.get of an object", FIRST, [{ name: "name" }]);
    await call.with({ raw: true, counts: false }, "FIRST.get of a foreign id", FIRST, [
      make(SECOND, ["idFromName", "c"]),
    ]);
    for (const name of ["name", null, undefined, 5, {}]) {
      await call.with({ raw: true }, "FIRST.getByName", FIRST, [name]);
    }
    await call.with({ raw: true }, "FIRST.getByName with a hint", FIRST, [
      "name",
      { locationHint: "wnam" },
    ]);
    await call("FIRST.getByName of nothing", FIRST, []);

    const members: string[] = [];
    for (const member in FIRST) members.push(member);
    await note("members", members);
    await note("class", [FIRST.constructor.name, named.constructor.name]);
    await note("own keys of the namespace", Reflect.ownKeys(FIRST));
    await call("idFromName detached", { idFromName: FIRST.idFromName }, ["name"]);
    await call("equals detached", { equals: named.equals }, [named]);
    await call("new DurableObjectNamespace", FIRST.constructor, []);
    await call("new DurableObjectId", named.constructor, []);
  },
});
