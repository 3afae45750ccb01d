// What a conformance script saw, as plain JSON: the form that workerd's recordings and bunflare's runs share.

import { hash } from "./hash.ts";
import type { ScriptFacts } from "./script.ts";

/** A value in tagged plain form; see describe.ts. */
export type Described =
  null | boolean | number | string | Described[] | { [key: string]: Described };

/** Why a step may differ from workerd; such steps must really differ, and at most 3 % of all may. */
export interface Differs {
  /** `engine`: JSC is not V8. `production`: Cloudflare documents otherwise than the local simulator does. `unobservable`: no Worker could tell in production. */
  class: "engine" | "production" | "unobservable";
  reason: string;
  /** The documentation page, for the class `production`. */
  link?: string;
}

/** How a step ended: a value or an error, given at once or through a promise. */
export type Outcome = "returned" | "resolved" | "threw" | "rejected" | "noted";

export interface Step {
  label: string;
  /** Target class, members and argument shapes: `KvNamespace.get("a", {"type":"json"})`. */
  shape: string;
  /** False for notes, for set-up steps, and for steps that call nothing with arguments. */
  counts: boolean;
  volatile?: string[];
  differs?: Differs;
  outcome: Outcome;
  /** The member of a chain that failed, when it was not the last. */
  at?: string;
  value: Described;
}

/** What one run of a script gives; `failure` when the script itself broke. */
export interface Transcript {
  id: string;
  steps: Step[];
  failure?: string;
}

/** A transcript from workerd, as kept in recorded/<area>/<name>.json. */
export interface Recording {
  id: string;
  compatibilityDate: string;
  compatibilityFlags?: string[];
  workerd: string;
  /** The hash of the script's configuration: files and further workers too. */
  setup: string;
  /** The hash of the list of steps (not of their results) that this recording was made from. */
  steps: string;
  transcript: Step[];
}

/** The identity of a list of steps: labels, argument shapes and options, without what came out. */
export function hashSteps(steps: readonly Step[]): string {
  return hash(JSON.stringify(steps.map(identity)));
}

/** The identity of everything that a script is set up with, compatibility date and flags included. */
export function hashSetup(script: ScriptFacts): string {
  return hash(JSON.stringify(script));
}

/** What makes a step the same step in two runs; the target's class is a result, so it is left out. */
export function identity(step: Step): string {
  const calls = step.shape.replace(/^[^.(]*/, "");
  return JSON.stringify([
    step.label,
    calls,
    step.counts,
    step.volatile ?? [],
    step.differs ?? null,
  ]);
}
