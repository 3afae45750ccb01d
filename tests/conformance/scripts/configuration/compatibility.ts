// `Cloudflare.compatibilityFlags` at a recent date, with a flag that it does not have by itself and one that turns another off.
// https://developers.cloudflare.com/workers/configuration/compatibility-flags/

import { script } from "../../script.ts";
import { flagsOf } from "./support/flags.ts";

export default script({
  id: "configuration-compatibility",
  compatibilityDate: "2026-11-01",
  compatibilityFlags: ["service_binding_extra_handlers", "no_urlsearchparams_delete_has_value_arg"],
  async run({ ctx, call, chain, note }) {
    const flags = flagsOf(globalThis);
    await chain("flags that are on", Object, ["entries", flags], ["filter", isOn], ["flat", 0]);
    await call("Object.isFrozen of the flags", Object, [flags]);
    await call("Reflect.set of a flag", Reflect, [flags, "rpc", false]);
    await note("it stays", flags["rpc"]);
    await call("Object.hasOwn of no flag", Object, [flags, "nope"]);
    await call("Object.getOwnPropertyDescriptor of a flag", Object, [flags, "rpc"]);
    await note("the object is made once", flagsOf(globalThis) === flags);
    await call("Reflect.has of ctx.exports", Reflect, [ctx as object, "exports"]);
    await note("tag of a platform class", Object.prototype.toString.call(new Headers()));
  },
});

function isOn([, value]: [string, boolean]): boolean {
  return value;
}
