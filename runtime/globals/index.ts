// workerd's globals over Bun's, all of them, each in a file of its own. What costs something is built when it is
// first used: this runs before every test file. https://developers.cloudflare.com/workers/runtime-apis/web-standards/

import type { Undo } from "../undo.ts";
import { patchAbort } from "./abort-signal.ts";
import { patchBlob } from "./blob.ts";
import { patchEventSource } from "./event-source.ts";
import { patchFetch } from "./fetch.ts";
import { patchHeaders } from "./headers.ts";
import { patchIdentityStreams } from "./identity-stream.ts";
import { once, UndoStack } from "./install.ts";
import { createKits } from "./kits.ts";
import { patchNavigator } from "./navigator.ts";
import { patchRequest } from "./request.ts";
import { patchResponse } from "./response.ts";
import { patchScheduler } from "./scheduler.ts";
import { patchScope } from "./scope.ts";
import { patchStreams } from "./streams.ts";
import { patchCrypto } from "./crypto.ts";
import { slot } from "./slot.ts";
import type { GlobalsOptions, Scope } from "./types.ts";
import { patchWebSocket } from "./web-socket.ts";

export type { GlobalsOptions } from "./types.ts";

// How many installations a scope has.
const installed = slot<Installation>();

interface Installation {
  count: number;
  readonly undo: Undo;
}

/**
 * Gives the scope workerd's globals. The undo puts everything back in reverse order; what fails on the way is thrown as
 * one AggregateError at the end. Objects made in between keep working.
 *
 * A scope is patched once: a second installation has no options of its own, and the last undo is the one that counts.
 */
export function patchGlobals(options: GlobalsOptions = {}): Undo {
  const target = options.target ?? globalThis;
  const installation = installed.get(target) ?? { count: 0, undo: install(target, options) };
  installation.count++;
  installed.set(target, installation);
  return once(() => {
    if (--installation.count > 0) return;
    installed.delete(target);
    installation.undo();
  });
}

function install(target: Scope, options: GlobalsOptions): Undo {
  const kits = createKits(target, options);
  const undos = new UndoStack();
  undos.add(() => kits.undo());
  undos.add(patchHeaders(target, kits));
  undos.add(patchResponse(target, kits));
  undos.add(patchRequest(target, kits));
  undos.add(patchBlob(target, kits));
  undos.add(patchStreams(target, kits));
  undos.add(patchIdentityStreams(target));
  undos.add(patchWebSocket(target, kits));
  undos.add(patchFetch(target, kits));
  undos.add(patchAbort(target));
  undos.add(patchScheduler(target, options.wait));
  undos.add(patchEventSource(target));
  undos.add(patchNavigator(target));
  undos.add(patchCrypto(target));
  undos.add(patchScope(target, kits));
  return () => undos.undo();
}
