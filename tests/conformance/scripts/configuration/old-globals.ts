// The web platform as it was at an old date.

import { script } from "../../script.ts";

export default script({
  id: "configuration-old-globals",
  compatibilityDate: "2023-02-28",
  async run({ call, note }) {
    await note("tag of a platform class", Object.prototype.toString.call(new Headers()));
    await note("type of a Blob", new Blob(["a"], { type: "Text/Plain;X" }).type);
    await note("redirect", Response.redirect("http://host/a b|c").headers.get("location"));
    await call("new Request of a small method", Request, ["http://host/", { method: "pAtch" }]);
    const params = new URLSearchParams("a=1&a=2");
    params.delete("a", "1");
    await note("delete with a value", params.toString());
    await note("members of Headers", [typeof Reflect.get(new Headers(), "getSetCookie")]);
  },
});
