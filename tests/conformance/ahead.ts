// Scripts recorded ahead of the code: workerd's side is known, ours is not written yet. Their steps are not counted,
// and a script that bunflare passes must leave the list.

/** Why each is ahead, by script id. */
export const ahead: Readonly<Record<string, string>> = {
  "durable-objects-pipelines": "results that travel do not know their object yet",
  "globals-web": "the fetch core of workerd's globals comes with issue 3",
  "rpc-errors": "the exports of cloudflare:workers and service bindings come with issue 3",
  "rpc-errors-before": "the exports of cloudflare:workers and service bindings come with issue 3",
  "rpc-handlers": "the exports of cloudflare:workers and service bindings come with issue 3",
  "rpc-local-stubs": "the exports of cloudflare:workers and service bindings come with issue 3",
  "rpc-members": "the exports of cloudflare:workers and service bindings come with issue 3",
  "rpc-refusals": "the exports of cloudflare:workers and service bindings come with issue 3",
  "rpc-stubs": "the exports of cloudflare:workers and service bindings come with issue 3",
  "rpc-values": "the exports of cloudflare:workers and service bindings come with issue 3",
  "rpc-web": "the exports of cloudflare:workers and service bindings come with issue 3",
};
