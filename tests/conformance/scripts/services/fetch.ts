// `fetch` of a service binding: what the other worker sees of a request, and what comes back.

import { script } from "../../script.ts";

export default script<{ ECHO: { fetch: typeof fetch } }>({
  id: "services-fetch",
  compatibilityDate: "2026-11-01",
  config: { services: [{ binding: "ECHO", service: "echo" }] },
  workers: { echo: { main: "./workers/echo.ts", config: { vars: { OWN: "1" } } } },
  async run({ env: { ECHO }, call, chain, note }) {
    const as = (name: string) => ({ headers: { "x-as": name } });
    await call("ECHO.fetch", ECHO, ["http://echo.test/path?q=1#hash"]);
    await call("ECHO.fetch of a URL", ECHO, [new URL("https://echo.test/url")]);
    await call("ECHO.fetch with init", ECHO, [
      "http://echo.test/init",
      { method: "POST", body: "sent", headers: { "X-Upper": "1" } },
    ]);
    await call("ECHO.fetch of a request", ECHO, [
      new Request("http://echo.test/request", { method: "PUT", body: "put" }),
    ]);
    await call("ECHO.fetch of a request with init", ECHO, [
      new Request("http://echo.test/both", { headers: { "x-a": "1" } }),
      { method: "DELETE" },
    ]);
    await call("ECHO.fetch with cf", ECHO, ["http://echo.test/", { cf: { country: "DE" } }]);
    await call("ECHO.fetch of a request with cf", ECHO, [
      new Request("http://echo.test/", { cf: { own: 1 }, method: "PATCH", body: "x" } as object),
    ]);
    await call("ECHO.fetch of a form", ECHO, [
      "http://echo.test/",
      { method: "POST", body: new URLSearchParams({ a: "1 2" }) },
    ]);
    await call("ECHO.fetch of bytes", ECHO, [
      "http://echo.test/",
      { method: "PUT", body: new Uint8Array([104, 105]) },
    ]);
    for (const method of ["GET", "HEAD", "OPTIONS", "get", "patch", "foo", "CONNECT"]) {
      await call("ECHO.fetch by method", ECHO, ["http://echo.test/", { method }]);
    }
    await call("ECHO.fetch of a relative URL", ECHO, ["/path"]);
    await call("ECHO.fetch of nothing", ECHO, []);
    await call("ECHO.fetch of undefined", ECHO, [undefined]);
    await call("ECHO.fetch of another scheme", ECHO, ["foo:bar"]);
    await call("ECHO.fetch of a file", ECHO, ["file:///etc/passwd"]);
    await call("ECHO.fetch with a body and GET", ECHO, ["http://echo.test/", { body: "text" }]);

    for (const redirect of ["follow", "manual", "error", "other"]) {
      await call("ECHO.fetch with redirect", ECHO, ["http://echo.test/redirect", { redirect }]);
    }
    await call("ECHO.fetch redirected with its body", ECHO, [
      "http://echo.test/away",
      { method: "POST", body: "again", ...as("away") },
    ]);
    await call("ECHO.fetch redirected without its body", ECHO, [
      "http://echo.test/deep/see-other",
      { method: "POST", body: "dropped", ...as("not there") },
    ]);
    await call("ECHO.fetch redirected to GET", ECHO, [
      "http://echo.test/see-other",
      { method: "POST", body: "dropped", ...as("see other") },
    ]);
    await call("ECHO.fetch in a loop", ECHO, ["http://echo.test/loop", as("loop")]);
    await call("ECHO.fetch to nowhere", ECHO, ["http://echo.test/nowhere", as("nowhere")]);

    for (const code of [204, 304, 404, 418, 500, 599]) {
      const url = `http://echo.test/status?code=${code}`;
      await call("ECHO.fetch of a status", ECHO, [url, as(String(code))]);
    }
    for (const code of [200, 204, 205, 304, 307]) {
      const url = `http://echo.test/empty?code=${code}`;
      await call("ECHO.fetch without a body", ECHO, [url, as(`empty ${code}`)]);
    }
    for (const path of [
      ...["text", "throw", "custom", "string", "object", "nothing", "number", "used", "set"],
      ...["background", "env", "json", "stream", "broken"],
    ]) {
      await call("ECHO.fetch", ECHO, [`http://echo.test/${path}`, as(path)]);
    }

    const texts: Record<number, string> = {};
    for (let code = 200; code < 600; code++) {
      const { statusText } = await ECHO.fetch(`http://echo.test/empty?code=${code}`);
      if (!Object.values(texts).includes(statusText)) texts[code] = statusText;
    }
    const list = Object.entries(texts);
    for (let at = 0; at < list.length; at += 20) {
      await note("texts of statuses", list.slice(at, at + 20).join("; "));
    }
    const unknown = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode("unknown"));
        controller.close();
      },
    });
    await call("ECHO.fetch of a stream of unknown length", ECHO, [
      "http://echo.test/",
      { method: "POST", body: unknown, ...as("unknown length") },
    ]);
    await call("ECHO.fetch of an empty text", ECHO, [
      "http://echo.test/",
      { method: "POST", body: "", ...as("empty text") },
    ]);
    await call("ECHO.fetch without a body", ECHO, [
      "http://echo.test/",
      { method: "POST", ...as("no body") },
    ]);
    const controller = new AbortController();
    const pending = call("ECHO.fetch aborted on the way", ECHO, [
      "http://echo.test/slow",
      { signal: controller.signal, ...as("on the way") },
    ]);
    await new Promise((resolve) => setTimeout(resolve, 10));
    controller.abort();
    await pending;
    const aborted = AbortSignal.abort(new Error("why"));
    await call("ECHO.fetch aborted", ECHO, ["http://echo.test/", { signal: aborted }]);
    const plainAbort = AbortSignal.abort();
    await call("ECHO.fetch aborted without a reason", ECHO, [
      new Request("http://echo.test/", { signal: plainAbort }),
    ]);
    await call("ECHO.fetch with a signal", ECHO, [
      "http://echo.test/",
      { signal: new AbortController().signal, ...as("signal") },
    ]);
    const used = new Request("http://echo.test/", { method: "POST", body: "once" });
    await used.text();
    await call("ECHO.fetch of a used request", ECHO, [used, as("used request")]);
    const sent = new Request("http://echo.test/", { method: "POST", body: "once" });
    await call.with({ counts: false }, "ECHO.fetch of a request", ECHO, [sent]);
    await note("the body of a request that was sent", sent.bodyUsed);
    await chain("fetch, detached", { fetch: ECHO.fetch }, ["fetch", "http://echo.test/"]);

    const response = await ECHO.fetch("http://echo.test/text");
    const { status, statusText, url, redirected, type, ok } = response;
    await note("a response", { status, statusText, url, redirected, type, ok });
    await note("its cf", (response as unknown as { cf: unknown }).cf);
    await call("headers.set of a response", response.headers, ["x-service", "1"]);
    const followed = await ECHO.fetch("http://echo.test/redirect");
    await note("after a redirect", { url: followed.url, redirected: followed.redirected });
    const manual = await ECHO.fetch("http://echo.test/redirect", { redirect: "manual" });
    await note("a redirect", { url: manual.url, status: manual.status, type: manual.type });
    await note("in the list of headers", [...manual.headers]);
  },
});
