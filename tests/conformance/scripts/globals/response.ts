// Response: status, status text, content types, null-body statuses, `cf`, `webSocket`, json() and redirect().

import { script } from "../../script.ts";

const html = { "content-type": "text/html" };

export default script({
  id: "globals-response",
  compatibilityDate: "2026-11-01",
  async run({ chain, call, make }) {
    const made = (label: string, ...args: unknown[]) =>
      call(`new Response ${label}`, Response, args);
    const member = (label: string, name: string, ...args: unknown[]) =>
      chain(`Response ${label}`, Response, ["new", ...args], [name]);

    for (const status of [100, 101, 199, 204, 299, 599, 600, -1, 70000, "202", "abc", 200.9]) {
      await made(`with status ${status}`, null, { status });
    }
    for (const status of [NaN, null, undefined, true, {}, 200n]) {
      await made(`with an odd status`, null, { status });
    }
    for (const statusText of ["Hi", "a\nb", "a\tb", "a\0b", "é", "☃", 5, null]) {
      await made("with a status text", null, { statusText });
    }
    await member("statusText by default", "statusText", "x", { status: 404 });

    await made("of text", "x");
    await made("of the empty text", "");
    await made("of null", null);
    await made("of a number", 5);
    await made("of an object", {});
    await made("of bytes", new Uint8Array([65]));
    await made("of a Blob", make(Blob, ["new", ["x"], { type: "text/plain" }]));
    await made("of a Blob without a type", make(Blob, ["new", ["x"]]));
    await made("of a File", make(File, ["new", ["x"], "n.json", { type: "application/json" }]));
    await made("of search parameters", new URLSearchParams("a=b c"));
    await made("of a stream", new Blob(["x"]).stream());
    await made("with a content type", "x", { headers: html });
    await made("with an empty content type", "x", { headers: { "content-type": "" } });

    for (const status of [204, 205, 304]) await made("without body", "x", { status });
    await made("204 of the empty text", "", { status: 204 });
    await made("204 of no bytes", new ArrayBuffer(0), { status: 204 });
    await made("204 of an empty Blob", new Blob([]), { status: 204 });
    await made("204 of a stream", new ReadableStream(), { status: 204 });
    await made("204 of a number", 0, { status: 204 });

    await made("with header pairs", "x", {
      headers: [
        ["a", "b"],
        ["A", "c"],
      ],
    });
    await made("with a Map of headers", "x", { headers: new Map([["a", "b"]]) });
    await made("with headers null", "x", { headers: null });
    await made("with headers text", "x", { headers: "abc" });
    await made("with a bad header name", "x", { headers: { "a b": "c" } });
    await made("with a bad header value", "x", { headers: { a: "c\n\nd" } });
    await made("with cookies", null, {
      headers: [
        ["set-cookie", "a=1"],
        ["Set-Cookie", "b=2"],
      ],
    });

    await made("with init null", "x", null);
    await made("with init text", "x", "y");
    await made("with a number as init", "x", 5);
    const other = make(Response, [
      "new",
      "a",
      { status: 201, statusText: "q", headers: { a: "b" } },
    ]);
    await made("with a Response as init", "x", other);

    await member("cf", "cf", "x", { cf: { a: { b: 1 } } });
    await member("cf of an array", "cf", "x", { cf: [1] });
    await member("cf that is missing", "cf", "x", {});
    for (const cf of ["a", null, 5]) await made("with cf that is no object", "x", { cf });
    await chain(
      "Response cf of a clone",
      Response,
      ["new", "x", { cf: { a: 1 } }],
      ["clone"],
      ["cf"],
    );
    for (const encodeBody of ["manual", "automatic", "zzz", 5]) {
      await made("with encodeBody", "x", { encodeBody });
    }

    await member("webSocket by default", "webSocket", "x");
    const { 0: socket } = new WebSocketPair();
    await made("with a WebSocket", null, { status: 101, webSocket: socket });
    await made("with a WebSocket and status 200", null, { webSocket: socket });
    await made("with a WebSocket and a body", "x", { status: 101, webSocket: socket });
    await made("with something else as webSocket", null, { status: 101, webSocket: {} });
    await made("101 without webSocket", null, { status: 101, webSocket: null });
    await chain(
      "Response clone of a handshake",
      Response,
      ["new", null, { status: 101, webSocket: socket }],
      ["clone"],
    );

    await call("Response.json", Response, [{ a: [1, null] }]);
    await call("Response.json of undefined", Response, [undefined]);
    await call("Response.json of a function", Response, [() => 1]);
    await call("Response.json with init", Response, [1, { status: 404, headers: { a: "b" } }]);
    await call("Response.json with a content type", Response, [1, { headers: html }]);
    await call("Response.json 204", Response, [1, { status: 204 }]);
    await call("Response.json 204 of undefined", Response, [undefined, { status: 204 }]);
    await call("Response.json", Response, []);

    const to = "http://a.test/x y";
    await call("Response.redirect", Response, [to]);
    for (const status of [301, 302, 303, 307, 308, 200, 300, 304, "303"]) {
      await call.with({ counts: false }, "Response.redirect with a status", Response, [to, status]);
    }
    await call("Response.redirect to a URL", Response, [new URL("http://a.test/?é#h")]);
    await call("Response.redirect to a path", Response, ["/rel"]);
    await call("Response.redirect to nothing", Response, [""]);
    await call("Response.redirect to an object", Response, [{}]);
    await call("Response.redirect", Response, []);
    await chain(
      "Response headers of a redirect",
      Response,
      ["redirect", to],
      ["headers"],
      ["set", "a", "b"],
    );
    await chain(
      "Response headers of its clone",
      Response,
      ["redirect", to],
      ["clone"],
      ["headers"],
      ["delete", "a"],
    );
    await chain(
      "Response headers of a copy",
      Response,
      ["new", null, Response.redirect(to)],
      ["headers"],
      ["append", "a", "b"],
    );
    await chain("Response.error", Response, ["error"], ["type"]);
    await chain("Response.error", Response, ["error"], ["status"]);
  },
});
