// Request: URLs, methods, bodies, modes, `cf`, signals, and requests made from requests.

import { script } from "../../script.ts";

const url = "http://a.test/p";

export default script({
  id: "globals-request",
  compatibilityDate: "2026-11-01",
  async run({ chain, call, make }) {
    const made = (label: string, ...args: unknown[]) => call(`new Request ${label}`, Request, args);
    const member = (label: string, name: string, ...args: unknown[]) =>
      chain(`Request ${label}`, Request, ["new", ...args], [name]);

    for (const input of [
      ...["http://a.test/x?y#z", "http://a.test/a b/é", "HTTP://A.TEST", "http://a.test:80/"],
      ...[
        "http://u:p@a.test/",
        "http://a.test/a/../b",
        "  http://a.test  ",
        "foo:bar",
        "ftp://a/b",
      ],
      ...["/p", "", "http://", "data:,x", 5, null, undefined, {}],
    ]) {
      await made("of an input", input);
    }
    await made("of a URL", new URL(url));
    await made("of nothing");

    for (const method of [
      ...["get", "post", "Patch", "patchy", "A B", "", "CONNECT", "TRACE", "TRACK", "PURGE"],
      ...["propfind", "QUERY", "LINK", 5, null, undefined],
    ]) {
      await made("with a method", url, { method });
    }
    await made("with body", url, { body: "x" });
    await made("with an empty body", url, { body: "" });
    await made("with body null", url, { body: null });
    await made("HEAD with body", url, { method: "HEAD", body: "x" });
    for (const method of ["POST", "DELETE", "OPTIONS"])
      await made("with body", url, { method, body: "x" });
    const post = (body: unknown, more = {}) => ({ method: "PUT", body, ...more });
    await made("of the empty text", url, post(""));
    await made("of a number", url, post(5));
    await made("of search parameters", url, post(new URLSearchParams("a=b")));
    await made("of a Blob", url, post(new Blob(["x"], { type: "A/B" })));
    await made("of bytes", url, post(new Uint8Array([65])));
    await made("of a stream", url, post(new Blob(["x"]).stream()));
    await made("with a content type", url, post("x", { headers: { "content-type": "q/w" } }));

    for (const redirect of ["follow", "manual", "error", "foo", null]) {
      await made("with redirect", url, { redirect });
    }
    for (const cache of ["no-store", "no-cache", "default", "reload", "force-cache", null]) {
      await member("cache", "cache", url, { cache });
    }
    await member("cache by default", "cache", url, {});
    await made("with integrity", url, { integrity: "sha256-x" });
    await member("integrity", "integrity", url, { integrity: "" });
    const ignored = { mode: "cors", credentials: "include", referrer: "x", keepalive: true };
    for (const name of [
      "mode",
      "credentials",
      "referrer",
      "referrerPolicy",
      "destination",
      "keepalive",
    ]) {
      await member(name, name, url, ignored);
    }
    await made("with encodeResponseBody", url, { encodeResponseBody: "zz" });

    await member("cf", "cf", url, {
      cf: { a: { b: 1 }, c: undefined, d: new Date(0), e: () => 1 },
    });
    for (const cf of ["a", null, 5]) await made("with cf that is no object", url, { cf });
    await chain(
      "Request cf of a clone",
      Request,
      ["new", url, { cf: { a: 1 } }],
      ["clone"],
      ["cf"],
    );
    const rich = make<Request>(Request, [
      "new",
      url,
      { cf: { a: 1 }, method: "POST", headers: { x: "y" } },
    ]);
    await member("cf of a copy", "cf", rich);
    await member("cf of a copy with another", "cf", rich, { cf: { b: 2 } });
    await member("cf of a request as init", "cf", url, rich);

    await made("with a signal that is none", url, { signal: {} });
    await made("with signal null", url, { signal: null });
    const controller = new AbortController();
    await chain(
      "Request signal",
      Request,
      ["new", url, { signal: controller.signal }],
      ["signal"],
      ["aborted"],
    );

    await made("of a request", rich);
    await made("of a request with a method", rich, { method: "DELETE" });
    await made("of a request with headers", rich, { headers: { c: "d" } });
    await made("of a request with headers undefined", rich, { headers: undefined });
    await made("with a request as init", "http://b.test/", rich);
    const withBody = () => make<Request>(Request, ["new", url, { method: "POST", body: "x" }]);
    await made("of a request to GET", withBody(), { method: "GET" });
    await made("of a request with another body", withBody(), { body: "y" });
    await made("of a request with body null", withBody(), { body: null });

    const source = withBody();
    await made("that takes a body over", source, { cf: { moved: 1 } });
    await chain.with({ counts: false }, "Request bodyUsed", source, ["bodyUsed"]);
    await chain.with({ counts: false }, "Request body", source, ["body"], ["locked"]);
    await chain.with({ counts: false }, "Request text", source, ["text"]);
    await made("of a used request", source, { redirect: "manual" });
    await made("of a used request with a body", source, { body: "z" });
    const locked = withBody();
    locked.body?.getReader();
    await made("of a locked request", locked, { headers: {} });
    await chain("Request clone of a locked one", locked, ["clone"]);
    await chain(
      "Request clone",
      Request,
      ["new", url, { method: "POST", body: "abc" }],
      ["clone"],
      ["text"],
    );

    await made("with init null", url, null);
    await made("with init text", url, "x");
    await made("with a Response as init", url, new Response("x"));
    await made("with headers null", url, { headers: null });
    await made("with headers text", url, { headers: "x" });
    await made("with a bad header name", url, { headers: { "a b": "c" } });
    await chain("Request headers", Request, ["new", url], ["headers"], ["set", "a b", "c"]);
  },
});
