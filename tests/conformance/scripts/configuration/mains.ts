// The forms that a main module's exports have, as other workers see them.
// https://developers.cloudflare.com/workers/runtime-apis/handlers/fetch/

import { script } from "../../script.ts";

type Stub = { fetch: typeof fetch } & Record<string, (...args: unknown[]) => Promise<unknown>>;

const forms = [
  "object",
  "class",
  "class-without-fetch",
  "object-without-fetch",
  "named-only",
  "function-default",
  "plain-class",
  "instance",
  "async-load",
] as const;

// These get through to workerd, which then cannot make an entrypoint of them.
const broken = ["NAMED_ONLY", "NAMED_PLAIN", "FUNCTION_DEFAULT", "PLAIN_CLASS"];

const differs = {
  class: "unobservable",
  reason: 'workerd has only "internal error" and a random reference; ours names the export',
} as const;

function bindingOf(form: string): string {
  return form.replaceAll("-", "_").toUpperCase();
}

export default script<Record<string, Stub>>({
  id: "configuration-mains",
  compatibilityDate: "2026-11-01",
  config: {
    services: [
      ...forms.map((form) => ({ binding: bindingOf(form), service: form })),
      { binding: "NAMED_PLAIN", service: "named-only", entrypoint: "Plain" },
      { binding: "NAMED", service: "named-only", entrypoint: "Named" },
      { binding: "NAMED_OBJECT", service: "named-only", entrypoint: "object" },
    ],
  },
  workers: Object.fromEntries(
    forms.map((form) => [form, { main: `./workers/main-${form}.ts`, config: { vars: { form } } }]),
  ),
  async run({ env, chain }) {
    for (const binding of [...forms.map(bindingOf), "NAMED", "NAMED_OBJECT", "NAMED_PLAIN"]) {
      const headers = { headers: { "x-form": binding } };
      const options = broken.includes(binding) ? { volatile: ["message"], differs } : {};
      const fetching = ["fetch", "http://main/", headers] as const;
      await chain.with(options, binding, env[binding], fetching, ["text"]);
    }
    for (const binding of ["CLASS", "CLASS_WITHOUT_FETCH", "OBJECT_WITHOUT_FETCH", "NAMED"]) {
      await chain(`${binding} by RPC`, env[binding], ["greet", { form: binding }]);
    }
  },
});
