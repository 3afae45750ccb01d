// scheduler.wait, navigator, and the words of aborted signals.

import { script } from "../../script.ts";

declare const scheduler: { wait(ms?: unknown, options?: unknown): Promise<void> };

export default script({
  id: "globals-scheduler",
  compatibilityDate: "2026-11-01",
  async run({ chain, call, note }) {
    const wait = (label: string, ...args: unknown[]) =>
      call(`scheduler.wait ${label}`, scheduler, args);
    for (const ms of [1, "1", -5, NaN, "abc", null, undefined, 0.5]) await wait("of a time", ms);
    await wait("without a time");
    await wait("with null", 1, null);
    await wait("with text", 1, "x");
    await wait("with a signal that is none", 1, { signal: {} });
    await wait("with signal null", 1, { signal: null });
    await wait("with signal undefined", 1, { signal: undefined });
    await wait("with an aborted signal", 10_000, { signal: AbortSignal.abort() });
    await wait("with a text as reason", 10_001, { signal: AbortSignal.abort("zz"), more: 1 });
    const controller = new AbortController();
    const waiting = wait("that is aborted", 20_000, { signal: controller.signal, more: 2 });
    controller.abort(new Error("why"));
    await waiting;
    await note("the object", [
      String(scheduler),
      scheduler.constructor.name,
      Object.keys(scheduler),
    ]);
    await chain("scheduler.wait detached", scheduler.wait, ["call", {}, 1]);

    const { userAgent, language, languages, platform, hardwareConcurrency } =
      navigator as Navigator & {
        language: string;
        languages: string[];
      };
    await note("navigator", { userAgent, language, languages, platform, hardwareConcurrency });
    await note("its keys", Object.keys(navigator));
    await chain("navigator.sendBeacon", navigator, ["sendBeacon"]);

    await call("AbortSignal.abort", AbortSignal, [new Error("given")]);
    await chain("AbortSignal.abort", AbortSignal, ["abort", undefined], ["reason"]);
    await chain("AbortSignal.throwIfAborted", AbortSignal, ["abort"], ["throwIfAborted"]);
    const stopped = new AbortController();
    stopped.abort();
    await note("the reason of abort()", stopped.signal.reason);
    await chain("AbortSignal.any", AbortSignal, ["any", [stopped.signal]], ["reason"]);
    await chain("ReadableStream.pipeTo aborted", new ReadableStream(), [
      "pipeTo",
      new WritableStream(),
      { signal: stopped.signal },
    ]);

    const fetching = (...args: unknown[]) => call("fetch", globalThis, args);
    for (const url of [
      "/x",
      "file:///etc/passwd",
      "foo:bar",
      "blob:a-b",
      "ws://a.test/",
      "http://",
      5,
    ]) {
      await fetching(url);
    }
    await fetching();
    await fetching("http://a.test/", { redirect: "error" });
    await fetching("http://a.test/", { method: "foo" });
    await fetching("http://a.test/", { body: "x" });
    await fetching("http://a.test/", { cache: "default" });
    await fetching("http://a.test/", { signal: AbortSignal.abort(new Error("r")) });
  },
});
