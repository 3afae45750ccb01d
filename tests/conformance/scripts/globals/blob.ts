// Blob and File: types, parts, slices, streams with buffers; FormData with files.

import { script } from "../../script.ts";

export default script({
  id: "globals-blob",
  compatibilityDate: "2026-11-01",
  async run({ chain, call, note }) {
    const made = (label: string, ...args: unknown[]) => call(`new Blob ${label}`, Blob, args);
    for (const type of [
      ...["text/plain", "text/html", "application/json", "text/css", "image/svg+xml", "TEXT/Plain"],
      ...["text/plain;charset=UTF-8", "é", "a\nb", 5, null, undefined],
    ]) {
      await made("with a type", ["x"], { type });
    }
    await made("of nothing");
    await made("of many parts", [
      "a",
      new Uint8Array([1, 2]),
      new Blob(["zz"]),
      5,
      null,
      undefined,
      {},
      [1],
    ]);
    for (const parts of [null, "x", 5, {}, new Set(["a"]), new Uint8Array([1])]) {
      await made("of no list", parts);
    }
    await made("with options null", ["x"], null);
    await made("with options text", ["x"], "t");
    await made("with endings", ["a\nb"], { endings: "native" });

    const text = ["hello"];
    const typed = { type: "text/plain" };
    const slice = (...args: unknown[]) =>
      chain("Blob.slice", Blob, ["new", text, typed], ["slice", ...args]);
    await slice(1, 3);
    await slice(-2);
    await slice(1.7);
    await slice(0, 1, "A/B");
    await slice(undefined, 2);
    await chain("Blob.text", Blob, ["new", ["é☃"]], ["text"]);
    await chain("Blob.bytes", Blob, ["new", ["ab"]], ["bytes"]);
    await chain("Blob.arrayBuffer", Blob, ["new", ["abc"]], ["arrayBuffer"]);
    await chain("Blob.stream", Blob, ["new", ["abcd"]], ["stream"]);
    const byob = (bytes: number) =>
      chain(
        "Blob.stream read with a buffer",
        Blob,
        ["new", ["abc"]],
        ["stream"],
        ["getReader", { mode: "byob" }],
        ["read", new Uint8Array(bytes)],
      );
    await byob(2);
    await byob(20);

    const file = (label: string, ...args: unknown[]) => call(`new File ${label}`, File, args);
    await file("with a type", ["x"], "n.txt", { type: "text/plain", lastModified: 5 });
    await file("without a name", ["x"]);
    await file("without anything");
    await file("with a number as name", ["x"], 5, { lastModified: 1 });
    const modified = (lastModified: unknown) =>
      chain("File.lastModified", File, ["new", [], "x", { lastModified }], ["lastModified"]);
    await modified(new Date(7));
    await modified(NaN);
    await modified(9);
    await chain("File.slice", File, ["new", ["abc"], "n", typed], ["slice", 0, 1]);

    const typeOf = (label: string, ...args: unknown[]) =>
      chain(`Response.blob ${label}`, Response, ["new", ...args], ["blob"], ["type"]);
    await typeOf("of text", "x");
    await typeOf("of html", "x", { headers: { "content-type": "text/html" } });
    await typeOf("with parameters", "x", { headers: { "content-type": "Text/HTML; Charset=x" } });
    await typeOf("of a broken type", "x", { headers: { "content-type": "zz" } });
    await typeOf("of a Blob", new Blob(["x"], { type: "application/json" }));
    await typeOf("of search parameters", new URLSearchParams("a=b"));
    await typeOf("of null", null);

    const form = new FormData();
    form.append("text", "v");
    form.append("blob", new Blob(["x"], { type: "application/json" }));
    form.append("named", new Blob(["x"], { type: "text/css" }), "n.css");
    form.append("file", new File(["x"], "q.html", { type: "text/html", lastModified: 0 }));
    for (const name of ["text", "blob", "named", "file", "none"]) {
      await chain.with({ counts: false }, `FormData.get ${name}`, form, ["get", name]);
    }
    await call("FormData.getAll", form, ["file"]);
    await note("FormData through a body", await new Response(form).formData());
  },
});
