// The same at an old date: what newer dates switch on is off.

import { script } from "../../script.ts";
import { flagsOf } from "./support/flags.ts";

export default script({
  id: "configuration-compatibility-then",
  compatibilityDate: "2023-02-28",
  compatibilityFlags: ["nodejs_als", "enable_weak_ref"],
  async run({ ctx, call, chain, note }) {
    const flags = flagsOf(globalThis);
    await chain("flags that were on", Object, ["entries", flags], ["filter", isOn], ["at", 1]);
    await note(
      "all that are on",
      Object.keys(flags).filter((name) => flags[name]),
    );
    await call("Reflect.has of the old ctx", Reflect, [ctx as object, "exports", "2023"]);
  },
});

function isOn([, value]: [string, boolean]): boolean {
  return value;
}
