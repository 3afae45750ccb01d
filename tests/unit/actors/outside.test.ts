// What an object waits for outside of bindings: cryptography, and the network.

import { expect, test } from "bun:test";
import { patchGlobals } from "../../../runtime/globals/index.ts";
import { openObjects, TestObject } from "../bindings/durable-objects/open-objects.ts";

class Subject extends TestObject {
  readonly log: string[] = [];

  async increment(): Promise<number> {
    const { storage } = this.state;
    const n = ((await storage.get("n")) as number | undefined) ?? 0;
    const bytes = new TextEncoder().encode(String(n));
    await crypto.subtle.digest("SHA-256", bytes);
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("raw", bytes, algorithm, false, ["sign"]);
    await crypto.subtle.sign("HMAC", key, bytes);
    await storage.put("n", n + 1);
    return n + 1;
  }
  async fetchAndBlock(url: string): Promise<string[]> {
    const fetched = fetch(url).then(() => this.log.push("fetched"));
    await this.state.blockConcurrencyWhile(async () => {
      for (let i = 0; i < 3; i++) await fetch(url);
      this.log.push("section ends");
    });
    await fetched;
    return this.log;
  }
  async writeAndFetch(url: string): Promise<void> {
    void this.state.storage.put("lost", 1);
    void fetch(url).catch(() => undefined);
    this.state.abort("reset");
  }
}

test("nothing happens to an object while it waits for cryptography", async () => {
  const undo = patchGlobals();
  try {
    using opened = openObjects(Subject);
    const stub = opened.stub("a");
    const all = await Promise.all(Array.from({ length: 10 }, () => stub["increment"]?.()));
    expect(all).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  } finally {
    undo();
  }
});

test("a response does not reach code around a section, and a request with what is lost never leaves", async () => {
  let requests = 0;
  using server = Bun.serve({
    port: 0,
    fetch() {
      requests++;
      return new Response("body");
    },
  });
  const undo = patchGlobals();
  try {
    using opened = openObjects(Subject);
    const url = server.url.href;
    expect(await opened.stub("a")["fetchAndBlock"]?.(url)).toEqual(["section ends", "fetched"]);
    const before = requests;
    await opened
      .stub("b")
      ["writeAndFetch"]?.(url)
      .catch(() => undefined);
    await opened.stub("a")["fetchAndBlock"]?.(url);
    expect(requests).toBe(before + 4);
  } finally {
    undo();
  }
});
