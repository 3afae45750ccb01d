// `[bunflare] workers`, in projects of their own.

import { expect, test } from "bun:test";
import type { Folder } from "../config/folder.ts";
import { createProject, runTests } from "../loading/project.ts";

const config = (name: string, more: object = {}): string =>
  JSON.stringify({ name, main: "main.ts", compatibility_date: "2026-11-01", ...more });

/** A worker with a further one beside it, and tests. */
function project(tests: string, files: Readonly<Record<string, string>> = {}): Folder {
  return createProject(
    {
      "wrangler.json": config("app", { services: [{ binding: "OTHER", service: "other" }] }),
      "main.ts": "export default { fetch: (request, env) => env.OTHER.fetch(request) };",
      "other/wrangler.json": config("other", { vars: { NAME: "other" } }),
      "other/main.ts": "export default { fetch: (_, env) => Response.json(Object.keys(env)) };",
      "a.test.ts": `import { expect, test } from "bun:test";
import { env, exports } from "cloudflare:workers";
import { getEnv, override, worker } from "bunflare";
${tests}`,
      ...files,
    },
    '[bunflare]\nworkers = ["other/wrangler.json"]',
  );
}

async function passes(folder: Folder, count: number, args: readonly string[] = []): Promise<void> {
  const { exitCode, output } = await runTests(folder, args);
  expect(output).toContain(`${count} pass`);
  expect(exitCode).toBe(0);
}

test("two workers of one name are refused, naming both files", async () => {
  using folder = project('test("a", () => void getEnv());', {
    "other/wrangler.json": config("app"),
  });
  const { output } = await runTests(folder);
  expect(output).toContain(
    `${folder.at("other/wrangler.json")}:1, name: two workers have the name "app": ${folder.at("wrangler.json")} has it too`,
  );
});

test("a configuration that is not there is named", async () => {
  using folder = project('test("a", () => void getEnv());');
  folder.write(
    "bunfig.toml",
    (await Bun.file(folder.at("bunfig.toml")).text()).replace("other/", "no/"),
  );
  const { output } = await runTests(folder);
  expect(output).toContain(`${folder.at("no/wrangler.json")}: is not a wrangler configuration`);
});

test("an environment is that of all workers", async () => {
  using folder = project(
    'test("a", async () => expect(await (await worker.fetch("http://a/")).json()).toEqual(["STAGED"]));',
    {
      "wrangler.json": config("app", {
        env: {
          staging: { services: [{ binding: "OTHER", service: "other", environment: "staging" }] },
        },
      }),
      "other/wrangler.json": config("other", { env: { staging: { vars: { STAGED: 1 } } } }),
    },
  );
  const bunfig = await Bun.file(folder.at("bunfig.toml")).text();
  folder.write("bunfig.toml", `${bunfig}\nenvironment = "staging"`);
  await passes(folder, 1);
});

test("env and exports that modules import are their own worker's", async () => {
  using folder = project(
    `test("a", async () => {
      expect(Object.keys(env)).toEqual(["OTHER"]);
      const response = await worker.fetch("http://a/");
      expect(await response.json()).toEqual([["NAME"], ["Named", "default"], "named"]);
      expect(await (await exports.default.fetch("http://a/")).json()).toBeArray();
    });`,
    {
      "other/main.ts": `
        import { env, exports, WorkerEntrypoint } from "cloudflare:workers";
        const atLoad = Object.keys(env);
        export class Named extends WorkerEntrypoint { name() { return "named"; } }
        export default {
          fetch: async () => Response.json([atLoad, Object.keys(exports), await exports.Named.name()]),
        };`,
    },
  );
  await passes(folder, 1);
});

test("the test's own import of another worker's module is apart from it", async () => {
  using folder = project(
    `import { count } from "./other/state.ts";
    const ask = async () => (await worker.fetch("http://a/")).json();
    test("a", async () => {
      expect([count(), await ask(), await ask(), count()]).toEqual([1, 1, 2, 2]);
    });`,
    {
      "other/state.ts": "let n = 0; export const count = () => ++n;",
      "other/main.ts": `import { count } from "./state.ts";
        export default { fetch: () => Response.json(count()) };`,
    },
  );
  folder.write("b.test.ts", await Bun.file(folder.at("a.test.ts")).text());
  await passes(folder, 2);
  await passes(folder, 2, ["--isolate"]);
});

test("an import that fails names the module, also the second time", async () => {
  using folder = project(
    `for (const name of ["a", "b"]) test(name, async () => {
      await expect(worker.fetch("http://a/")).rejects.toThrow("thrown at load");
    });`,
    { "other/main.ts": 'throw new Error("thrown at load");' },
  );
  await passes(folder, 2);
});

test("workers call each other", async () => {
  using folder = project(
    `test("a", async () => {
      expect(await (await worker.fetch("http://a/3")).text()).toBe("app other app other");
    });`,
    {
      "shared.ts": `export const relay = (name: string, next: string) => ({
        async fetch(request: Request, env: Record<string, Fetcher>) {
          const left = Number(new URL(request.url).pathname.slice(1));
          if (left === 0) return new Response(name);
          const answer = await env[next].fetch("http://a/" + (left - 1));
          return new Response(name + " " + (await answer.text()));
        },
      });`,
      "main.ts": 'import { relay } from "./shared"; export default relay("app", "OTHER");',
      "other/main.ts": 'import { relay } from "../shared"; export default relay("other", "APP");',
      "other/wrangler.json": config("other", { services: [{ binding: "APP", service: "app" }] }),
    },
  );
  await passes(folder, 1);
});
