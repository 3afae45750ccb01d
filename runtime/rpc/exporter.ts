// The sending side of a message: functions, RpcTargets and stubs become references to callees.

import type { Callee, Realm } from "./callee.ts";
import { isRpcTarget, stubKind } from "./members.ts";
import { HandedOut } from "./ownership.ts";
import type { Exporter, Receiver, Reference } from "./payload/reference.ts";
import { dataCloneError } from "./payload/refusal.ts";
import { HostTag } from "./payload/tags.ts";

/** A capability in a message: it holds the callee until it is opened or dropped. */
export class StubReference implements Reference {
  readonly tag = HostTag.stub;
  readonly callee: Callee;

  constructor(callee: Callee) {
    this.callee = callee;
  }

  open(receiver: Receiver): object {
    return receiver.stub(this.callee);
  }

  drop(): void {
    this.callee.release();
  }
}

/** Collects what one message takes along from a realm. */
export class Outgoing implements Exporter {
  /** Stubs that go over to the other side: to be disposed here when the message's work is done. */
  readonly moved: Disposable[] = [];
  readonly #realm: Realm;
  readonly #kind: "arguments" | "result";

  constructor(realm: Realm, kind: "arguments" | "result") {
    this.#realm = realm;
    this.#kind = kind;
  }

  export(target: object, own: boolean): Reference {
    const object = own ? target : this.#duplicate(target);
    return this.#refer(this.#realm.rpc.expose(object, own, this.#realm));
  }

  exportProxy(proxy: object): Reference {
    const kind = stubKind(proxy);
    if (kind === null) {
      throw dataCloneError(
        "Proxy could not be serialized because it is not a valid RPC receiver type. The Proxy must emulate either a " +
          "plain object or an RpcTarget, as indicated by the Proxy's prototype chain.",
      );
    }
    return this.export(proxy, kind.own);
  }

  pass(callee: Callee, stub: Disposable): Reference {
    callee.retain();
    if (!this.#keepsArguments()) this.moved.push(stub);
    return this.#refer(callee);
  }

  // What is handed out with a result keeps the event of the call. Of an argument the sender sees to itself: it waits for
  // the call.
  #refer(callee: Callee): Reference {
    const realm = this.#realm;
    if (this.#kind === "arguments" || realm.hold === undefined) return new StubReference(callee);
    realm.hold();
    return new StubReference(new HandedOut(callee, realm));
  }

  // Where arguments stay the caller's, an RpcTarget that has a `dup` of its own is asked for the one to give away.
  #duplicate(target: object): object {
    const { dup } = target as { dup?: unknown };
    if (!this.#keepsArguments() || typeof dup !== "function") return target;
    const copy: unknown = Reflect.apply(dup, target, []);
    if (typeof copy === "object" && copy !== null && isRpcTarget(copy)) return copy;
    // workerd's words, with its misspelling.
    throw dataCloneError(
      "Couldn't create a stub for the RcpTarget because it has a dup() method which did not return another RpcTarget. " +
        "Either remove the dup() method or make sure it returns an RpcTarget.",
    );
  }

  #keepsArguments(): boolean {
    return this.#kind === "arguments" && this.#realm.duplicatesArguments;
  }
}
