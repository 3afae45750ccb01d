// A world with one class of Durable Objects, bound as OBJECTS.

import type { DurableObjectState } from "../../../../runtime/bindings/durable-objects/context.ts";
import type { DurableObjectNamespace } from "../../../../runtime/bindings/durable-objects/namespace.ts";
import type { Objects } from "../../../../runtime/bindings/durable-objects/objects.ts";
import { DurableObject } from "../../../../runtime/worker/classes.ts";
import { openTestWorld, type TestWorld } from "../../../bindings/world.ts";

/** A base class with `ctx` in the open, for classes of tests. */
export class TestObject extends DurableObject {
  get state(): DurableObjectState {
    return this.ctx as DurableObjectState;
  }
}

/** A stub, as a test calls it. */
export type Stub = Record<string, (...args: unknown[]) => Promise<unknown>> & {
  fetch(input: string): Promise<Response>;
};

/** See the head of the file. */
export interface OpenObjects extends Disposable {
  readonly world: TestWorld["world"];
  readonly errors: unknown[];
  /** Runs code as a test of this world. */
  run<T>(body: () => T): T;
  readonly namespace: DurableObjectNamespace;
  readonly objects: Objects;
  stub(name: string): Stub;
  /** A stub whose calls are made as those of a test of this world. */
  ofTest(stub: object): Stub;
  /** Moves time, as that test. */
  advance(target: (now: number) => number): Promise<void>;
  /** Ends that test, and gives the errors that it would fail with. */
  end(): unknown[];
}

/** Opens it; more of wrangler's keys are in `config`. */
export function openObjects(
  Class: abstract new (...args: never[]) => object,
  config: Record<string, unknown> = {},
): OpenObjects {
  const opened = openTestWorld(
    {
      durable_objects: { bindings: [{ name: "OBJECTS", class_name: Class.name }] },
      migrations: [{ tag: "v1", new_sqlite_classes: [Class.name] }],
      ...config,
    },
    { [Class.name]: Class },
  );
  const { world, errors } = opened;
  const namespace = world.primary.env["OBJECTS"] as DurableObjectNamespace;
  const ofTest = (stub: object): Stub => {
    const call =
      (_: object, name: string) =>
      (...args: unknown[]) =>
        opened.run(() => Reflect.apply((stub as Stub)[name] as () => unknown, stub, args));
    return new Proxy({}, { get: call }) as Stub;
  };
  return {
    world,
    errors,
    run: (body) => opened.run(body),
    namespace,
    get objects() {
      return opened.run(() => world.resources("durable-objects")[0] as Objects);
    },
    stub: (name) => ofTest(namespace.getByName(name)),
    ofTest,
    advance: (target) => opened.run(() => world.advance(target)),
    end: () => opened.run(() => world.workers.owner().end()),
    [Symbol.dispose]: () => opened[Symbol.dispose](),
  };
}
