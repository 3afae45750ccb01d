// multipart/form-data as a body: what is parsed, what is refused, and what is written.

import { script } from "../../script.ts";

const disposition = 'Content-Disposition: form-data; name="a"';
const part = (head: string, body = "v") => `--q\r\n${head}\r\n\r\n${body}\r\n--q--`;

export default script({
  id: "globals-form-data",
  compatibilityDate: "2026-11-01",
  async run({ chain, note }) {
    const parse = (label: string, body: string, type = "multipart/form-data; boundary=q") =>
      chain(
        `Response.formData ${label}`,
        Response,
        ["new", body, { headers: { "content-type": type, "x-case": label } }],
        ["formData"],
      );
    await parse("with a preamble", `junk\r\n${part(disposition)}`);
    await parse("with bare newlines", part(disposition).replaceAll("\r", ""));
    await parse("with an epilogue", `${part(disposition)}\r\njunk`);
    await parse("without parts", "--q--");
    await parse("of nothing", "");
    await parse("without an end", `--q\r\n${disposition}\r\n\r\nv`);
    await parse("cut off", `--q\r\n${disposition}\r\n\r\nv\r\n--q`);
    await parse("without a newline", `--q${disposition}\r\n\r\nv\r\n--q--`);
    await parse("with half an end", "--q-");
    await parse("without headers", "--q\r\n\r\nv\r\n--q--");
    await parse("with a bad header", part(`foo\r\n${disposition}`));
    await parse("without disposition", part("Content-Type: a/b"));
    await parse("with an attachment", part('Content-Disposition: attachment; name="a"'));
    await parse("without quotes", part("Content-Disposition: form-data; name=a"));
    await parse("with escapes", part('Content-Disposition: form-data; name="a\\"b%22"'));
    await parse("in upper case", part('CONTENT-DISPOSITION: FORM-DATA; NAME="a"'));
    await parse("with wide letters", part('Content-Disposition: form-data; name="é☃"', "☃"));
    await parse("with lines", part(disposition, "a\r\nb"));
    await parse("with a boundary inside", part(disposition, "v--q"));
    await parse("with an empty text", part(disposition, ""));
    await parse("with a typed text", part(`${disposition}\r\nContent-Type: text/html`));
    await parse("with a file", part(`${disposition}; filename="x.json"`));
    await parse(
      "with a typed file",
      part(`${disposition}; filename="x"\r\nContent-Type: text/plain; charset=x`),
    );
    await parse("with an empty file name", part(`${disposition}; filename=""`));
    await parse("with a quoted boundary", part(disposition), 'multipart/form-data; boundary="q"');

    const form = new FormData();
    form.append("blob", new Blob(["x"]));
    form.append("file", new File(["y"], "q.txt", { type: "text/plain" }));
    form.append("text", "v w");
    const response = new Response(form);
    const type = response.headers.get("content-type") ?? "";
    const boundary = /boundary="?([^"]+)"?$/.exec(type)?.[1] ?? "";
    const text = await response.text();
    await note("what is written", text.replaceAll(boundary, "BOUNDARY").trimEnd());
  },
});
