// `new RpcStub`: stubs of objects at the same side, and the constructors that refuse.

import { RpcPromise, RpcProperty, RpcStub, RpcTarget } from "cloudflare:workers";
import { script } from "../../script.ts";
import { read } from "./helpers/read.ts";

class Account extends RpcTarget {
  balance = 5;
  deposit(by: number): number {
    return (this.balance += by);
  }
  get owner(): string {
    return "Ada";
  }
}

type Constructor = new (...args: unknown[]) => object;

export default script({
  id: "rpc-local-stubs",
  compatibilityDate: "2026-11-01",
  async run({ call, chain }) {
    const classes = { RpcStub, RpcPromise, RpcProperty, RpcTarget } as unknown as Record<
      string,
      Constructor
    >;
    for (const [name, Class] of Object.entries(classes)) {
      for (const value of [{}, 5, null]) {
        await call.with({ raw: true }, `new ${name}`, Class, [value]);
      }
      await call(`Reflect.apply of ${name}`, Reflect, [Class, undefined, [{ [name]: 1 }]]);
    }
    const others: Record<string, unknown> = {
      list: [],
      map: new Map(),
      instance: new (class Foo {})(),
      withoutPrototype: Object.create(null),
      text: "text",
      regexp: /x/,
    };
    for (const [name, value] of Object.entries(others)) {
      await call(`new RpcStub of ${name}`, classes["RpcStub"], [value, { [name]: 1 }]);
    }

    const account = new Account();
    const stub = new RpcStub(account);
    await chain("an RpcTarget's method", stub, ["deposit", 3]);
    await chain("an RpcTarget's field", stub, ["balance", 1]);
    await call("read.member owner of a local stub", read, [stub, { owner: 1 }]);
    await call("read.member balance of a local stub", read, [stub, { balance: 1 }]);

    const object = {
      count: 1,
      nested: { deep: { value: 2 } },
      increase(by: number) {
        return (this.count += by);
      },
    };
    const plain = new RpcStub(object);
    object.count = 10;
    await chain("a plain object's method", plain, ["increase", 5]);
    await call("read.member count of a plain object's stub", read, [plain, { count: 1 }]);
    await call("read.member nested of a plain object's stub", read, [plain, { nested: 1 }]);
    await call("read.member toString of a plain object's stub", read, [plain, { toString: 1 }]);
    await chain("a plain object is no function", { plain }, ["plain", 1]);

    const callable = new RpcStub((n: number) => n * 2);
    await chain("a function's stub", { callable }, ["callable", 21]);
    const twice = new RpcStub(callable);
    await chain("a stub of a stub", { twice }, ["twice", 4]);
    callable[Symbol.dispose]();
    await chain("a disposed function's stub", { callable }, ["callable", 2.5]);
    await chain("what was made of it stays", { twice }, ["twice", -4]);
  },
});
