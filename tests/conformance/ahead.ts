// Scripts recorded ahead of the code: workerd's side is known, ours is not written yet. Their steps are not counted,
// and a script that bunflare passes must leave the list.

/** Why each is ahead, by script id. */
export const ahead: Readonly<Record<string, string>> = {
  "configuration-compatibility": "Cloudflare.compatibilityFlags is another object on each read",
  "configuration-no-node": "Node's globals are there whatever the flags say",
  "configuration-no-process-env": "process.env is the test process's",
  "configuration-old-globals": "globals are those of today, whatever the date says",
  "configuration-process-env": "process.env is the test process's",
  "globals-web": "the fetch core of workerd's globals comes with issue 3",
};
