// Objects of the classes of RPC have as their constructor what `cloudflare:workers` exports, whoever asks first.

import { expect, test } from "bun:test";
import { workersModule } from "../../../runtime/modules/workers.ts";
import type { Realm } from "../../../runtime/rpc/callee.ts";
import { ExportedClasses } from "../../../runtime/rpc/exported-classes.ts";
import { createRpc, type Rpc } from "../../../runtime/rpc/stub.ts";

const NAMES = ["RpcStub", "RpcPromise", "RpcProperty", "ServiceStub"] as const;

function unused(): never {
  throw new Error("nobody asks for it");
}

function open(): { rpc: () => Rpc; importModule: () => Record<string, unknown> } {
  const classes = new ExportedClasses();
  let made: Rpc | null = null;
  const rpc = (): Rpc => (made ??= createRpc((): Realm => unused(), classes));
  const options = { env: unused, exports: unused, owner: unused, rpc, classes: () => classes };
  return { rpc, importModule: () => workersModule(options) };
}

function constructors(rpc: Rpc): unknown[] {
  const { RpcStub, RpcPromise, RpcProperty } = rpc;
  const made = [RpcStub, RpcPromise, RpcProperty, rpc.services().ServiceStub];
  return made.map(({ prototype }) => prototype.constructor);
}

// Compared by identity: all of these print alike.
function expectExports(module: Record<string, unknown>, rpc: Rpc): void {
  for (const [index, constructor] of constructors(rpc).entries()) {
    expect(constructor).toBe(module[NAMES[index] ?? ""]);
  }
}

test("when the module is imported first", () => {
  const { rpc, importModule } = open();
  const module = importModule();
  expectExports(module, rpc());
});

test("when objects are made before the module is imported", () => {
  const { rpc, importModule } = open();
  constructors(rpc());
  const module = importModule();
  expectExports(module, rpc());
});
