// Headers: construction, names and values, cookies, iteration over a snapshot, immutability.

import { script } from "../../script.ts";

type Pairs = [string, string][];

export default script({
  id: "globals-headers",
  compatibilityDate: "2026-11-01",
  async run({ chain, call, note }) {
    const made = (label: string, ...args: unknown[]) => call(`new Headers ${label}`, Headers, args);
    await made("of a record", { b: "1", a: 2, C: true, d: null, e: undefined });
    await made("of pairs", [
      ["a", "1"],
      ["A", "2"],
      ["b", "3"],
    ]);
    await made("of a record with one name twice", { a: "1", A: "2" });
    await made("of a Map", new Map([["x", "y"]]));
    await made("of search parameters", new URLSearchParams("a=b"));
    await made("of headers", new Headers({ a: "b" }));
    await made("of inherited members", Object.create({ a: "b" }));
    await made("of symbols", { [Symbol("x")]: "y", a: "b" });
    for (const init of [undefined, null, "x", 5, [["a"]], [["a", "b", "c"]], ["ab"], [1], [null]]) {
      await made("of an odd value", init);
    }
    for (const name of ["a b", "a:", "a\t", "a(", " a", "a\0", "a!#$%&'*+-.^_`|~9"]) {
      await made("of a name", { [name]: "x" });
    }
    for (const value of [
      "x\ny",
      "x\r\ny",
      "x\0y",
      "  x \t ",
      "x\n",
      "\nx",
      "é",
      "\x01",
      "",
      {},
      ["x", "y"],
    ]) {
      await made("of a value", { a: value });
    }
    await made("with cookies", [
      ["z", "1"],
      ["set-cookie", "s1"],
      ["a", "2"],
      ["Set-Cookie", "s2"],
    ] as Pairs);

    const on = (label: string, init: unknown, ...link: [string, ...unknown[]]) =>
      chain(`Headers.${label}`, Headers, ["new", init], link);
    const one = { A: "b" };
    await on("get", one, "get", "a");
    await on("get", one, "get", "A");
    await on("get of a missing name", one, "get", "x-missing");
    await on("get of a bad name", one, "get", "a b");
    await on("get", one, "get");
    await on("get of the empty name", one, "get", "");
    await on("has", one, "has", "a");
    await on("has", one, "has", "a b");
    await on("has", one, "has", "");
    await on("delete", one, "delete", "a");
    await on("delete", one, "delete", "a b");
    await on("delete", one, "delete");
    await on("set", one, "set", "a");
    await on("set", one, "set");
    await on("set", one, "set", "a b", "c");
    await on("set", one, "set", "a", "c\n\nd");
    await on("append", one, "append", "a");
    await on("append", one, "append", "a b", "c");
    await on("append", one, "append", "a", "c\rd");
    await on("forEach", one, "forEach", 5);
    await on("forEach", one, "forEach");
    const cookies: Pairs = [
      ["set-cookie", "a"],
      ["set-cookie", "b"],
    ];
    await on("getAll", cookies, "getAll", "Set-Cookie");
    await on("getAll", cookies, "getAll", "x");
    await on("getAll", cookies, "getAll");
    await on("get", cookies, "get", "set-cookie");
    await on("getSetCookie", cookies, "getSetCookie");

    const headers = new Headers(one);
    await call("Headers.set", headers, ["A", "c"]);
    await call("Headers.append", headers, ["a", "d"]);
    await call("Headers.append", headers, ["e-f", 5]);
    await call("Headers.set", headers, ["f", undefined]);
    await note("Headers after changes", headers);
    await call("JSON.stringify of headers", JSON, [headers]);

    const shrinking = new Headers({ a: "1", b: "2", c: "3" });
    const seen: string[] = [];
    for (const [name] of shrinking) {
      seen.push(name);
      shrinking.delete(name);
    }
    await note("names while entries are deleted", [seen, [...shrinking]]);
    const each: unknown[] = [];
    const self = {};
    new Headers({ a: "1", b: "2" }).forEach(function (this: unknown, value, name, all) {
      each.push([value, name, all instanceof Headers, this === self]);
    }, self);
    await note("what forEach passes", each);
    const iterator: Iterator<unknown> = new Headers({ a: "1" }).entries();
    await note("an iterator", [String(iterator), iterator.next(), iterator.next()]);

    const frozen = () => Response.redirect("http://a.test/").headers;
    await chain("Headers.set of immutable ones", frozen(), ["set", "a", "b"]);
    await chain("Headers.append of immutable ones", frozen(), ["append", "x-a", "b"]);
    await chain("Headers.delete of immutable ones", frozen(), ["delete", "x-a"]);
    await chain("Headers.set of immutable ones with a bad name", frozen(), ["set", "a b", "c"]);
    await chain("Headers.get of immutable ones", frozen(), ["get", "location"]);
    await chain(
      "Headers copied from immutable ones",
      Headers,
      ["new", frozen()],
      ["set", "g", "h"],
    );
    await chain("Headers detached", Headers.prototype.get, ["call", {}, "x-detached"]);
  },
});
