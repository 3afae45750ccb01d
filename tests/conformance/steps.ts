// The steps of a script: each calls members of the object under test, and keeps what came out in plain form.

import { className, tag } from "./class-name.ts";
import { describe } from "./describe.ts";
import { shapeOf } from "./shape.ts";
import type { Described, Differs, Outcome, Step } from "./transcript.ts";
import { mask } from "./volatile.ts";

export interface StepOptions {
  /** For set-up steps: recorded and compared, but not counted, and free to repeat another step. */
  counts?: false;
  /** Marks a step whose result must differ from workerd's. */
  differs?: Differs;
  /**
   * Dotted paths in the result that change from run to run: "meta.duration", "keys.*.expiration", "message". The
   * "headers.etag" of an asset is one: miniflare makes it from the file's absolute path and time.
   */
  volatile?: string[];
  /** Describes an object by its class only and leaves its body or stream to the script. */
  raw?: true;
  /** Does not await between the members of a chain (RPC pipelining). */
  pipeline?: true;
}

/** A member and its arguments; without arguments, a member that is no function is just read. "new" constructs. */
export type Link = readonly [member: string, ...args: unknown[]];

/**
 * Calls one member: `await call("KV.get", env.KV, ["key", "json"])`. The label's first word ends in the member's
 * name; words after it are for the reader ("KV.get of a missing key"). "new X" constructs the target, and a label of
 * one word on `globalThis` calls a global function. Gives the value; after an error, which is recorded, `undefined`.
 */
export interface Call {
  <T = unknown>(label: string, target: unknown, args: readonly unknown[]): Promise<T>;
  with<T = unknown>(
    options: StepOptions,
    label: string,
    target: unknown,
    args: readonly unknown[],
  ): Promise<T>;
}

/** Calls members one on the result of the other, as one step: `await chain("DB", env.DB, ["prepare", sql], ["all"])`. */
export interface Chain {
  <T = unknown>(label: string, target: unknown, ...links: Link[]): Promise<T>;
  with<T = unknown>(
    options: StepOptions,
    label: string,
    target: unknown,
    ...links: Link[]
  ): Promise<T>;
}

/** Makes an argument for a later step, whose shape then says how it was made; no step by itself. */
export type Make = <T = unknown>(target: unknown, ...links: Link[]) => T;

/** Records a value that is not the result of a call, such as what a handler saw; never counts. */
export type Note = (
  label: string,
  value: unknown,
  options?: Pick<StepOptions, "volatile" | "differs">,
) => Promise<void>;

export interface Recorder {
  readonly steps: Step[];
  /** Steps that have not ended: at the end of a script, those that it forgot to await. */
  readonly open: ReadonlySet<Step>;
  readonly call: Call;
  readonly chain: Chain;
  readonly make: Make;
  readonly note: Note;
}

/** The recorder of one run of a script; `env` as an argument is just "env" in shapes. */
export function createRecorder(env: unknown): Recorder {
  const steps: Step[] = [];
  const open = new Set<Step>();
  const made = new WeakMap<object, string>();
  if (isObject(env)) made.set(env, "env");
  const provenance = (value: object): string | undefined => made.get(value);
  const links = (list: readonly Link[]): string =>
    list.map((link) => shapeLink(link, provenance)).join("");

  async function run(options: StepOptions, label: string, target: unknown, list: readonly Link[]) {
    const calls = links(list);
    // The place in the list is taken before anything is awaited: concurrent steps stay in calling order.
    const step: Step = {
      label,
      shape: targetName(target) + calls,
      counts: options.counts ?? list.some(([, ...args]) => args.length > 0),
      ...optionsOf(options),
      outcome: "returned",
      value: null,
    };
    steps.push(step);
    open.add(step);
    const end = await follow(target, list, options.pipeline === true);
    step.outcome = end.outcome;
    if (end.at !== undefined) step.at = end.at;
    step.value = await describeMasked(end.value, options);
    open.delete(step);
    if (end.outcome === "threw" || end.outcome === "rejected") return undefined;
    if (isInstance(end.value)) made.set(end.value, `<${targetKind(target)}${calls}>`);
    return end.value;
  }

  const call = async (label: string, target: unknown, args: readonly unknown[]) =>
    run({}, label, target, [[memberOf(label), ...args]]);
  const chain = async (label: string, target: unknown, ...list: Link[]) =>
    run({}, label, target, list);
  return {
    steps,
    open,
    // The callers choose the type of what they get back, as with JSON.parse: only they know the member.
    call: Object.assign(call, {
      with: async (options: StepOptions, label: string, target: unknown, args: unknown[]) =>
        run(options, label, target, [[memberOf(label), ...args]]),
    }) as unknown as Call,
    chain: Object.assign(chain, {
      with: async (options: StepOptions, label: string, target: unknown, ...list: Link[]) =>
        run(options, label, target, list),
    }) as unknown as Chain,
    make: ((target: unknown, ...list: Link[]) => {
      const value = list.reduce<unknown>((on, link) => follow1(on, link), target);
      if (isInstance(value)) made.set(value, `<${targetKind(target)}${links(list)}>`);
      return value;
    }) as Make,
    note: async (label, value, options = {}) => {
      const step: Step = {
        label,
        shape: "",
        counts: false,
        ...optionsOf(options),
        outcome: "noted",
        value: null,
      };
      steps.push(step);
      open.add(step);
      step.value = await describeMasked(value, options);
      open.delete(step);
    },
  };
}

interface End {
  outcome: Outcome;
  value: unknown;
  at?: string;
}

async function follow(target: unknown, list: readonly Link[], pipeline: boolean): Promise<End> {
  let on = target;
  let outcome: Outcome = "returned";
  for (const [i, link] of list.entries()) {
    const last = i === list.length - 1;
    const at = last ? {} : { at: link[0] };
    try {
      on = follow1(on, link);
    } catch (error) {
      return { outcome: "threw", value: error, ...at };
    }
    if (pipeline && !last) continue;
    outcome = isThenable(on) ? "resolved" : "returned";
    try {
      on = await on;
    } catch (error) {
      return { outcome: "rejected", value: error, ...at };
    }
  }
  return { outcome, value: on };
}

function follow1(on: unknown, [name, ...args]: Link): unknown {
  if (name === "new") return Reflect.construct(on as new () => unknown, args);
  // A primitive's members (a string's, say) are reached through its wrapper.
  const member: unknown = Reflect.get(Object(on) as object, name);
  if (typeof member !== "function" && args.length === 0) return member;
  return Reflect.apply(member as () => unknown, on, args);
}

async function describeMasked(value: unknown, options: StepOptions): Promise<Described> {
  const described = await describe(value, { raw: options.raw === true });
  return (options.volatile ?? []).reduce<Described>(
    (result, path) => mask(result, path),
    described,
  );
}

function optionsOf({ volatile, differs }: StepOptions): Pick<Step, "volatile" | "differs"> {
  return { ...(volatile && { volatile }), ...(differs && { differs }) };
}

function memberOf(label: string): string {
  if (label.startsWith("new ")) return "new";
  const [path = ""] = label.split(" ");
  return path.slice(path.lastIndexOf(".") + 1);
}

function shapeLink(
  [name, ...args]: Link,
  provenance: (value: object) => string | undefined,
): string {
  return `.${name}(${shapeOf(args, provenance)})`;
}

function targetName(target: unknown): string {
  if (target === globalThis) return "globalThis";
  if (typeof target === "function") {
    const kind = className(target);
    return kind === "Function" ? target.name : kind;
  }
  if (!isObject(target)) return typeof target;
  const kind = className(target);
  return kind === "Object" ? tag(target) : kind;
}

// Part of the identity of later steps, so it must not depend on what the runtime calls its classes.
function targetKind(target: unknown): string {
  return target === globalThis ? "globalThis" : typeof target === "function" ? target.name : "";
}

// Plain data and lists are shaped by what they hold, wherever they come from.
function isInstance(value: unknown): value is object {
  if (!isObject(value) || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype !== Object.prototype && prototype !== null;
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

function isThenable(value: unknown): boolean {
  return isObject(value) && typeof Reflect.get(value, "then") === "function";
}
