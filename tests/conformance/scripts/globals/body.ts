// Bodies: consumers, used and locked bodies, streams that yield no bytes, iterables, clones, form data.

import { script } from "../../script.ts";

const consumers = ["text", "json", "arrayBuffer", "bytes", "blob", "formData"];
const form = { headers: { "content-type": "application/x-www-form-urlencoded" } };
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

function stream(...chunks: unknown[]): ReadableStream {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

export default script({
  id: "globals-body",
  compatibilityDate: "2026-11-01",
  async run({ chain, call, make, note }) {
    const read = (label: string, consumer: string, ...args: unknown[]) =>
      chain(`Response.${consumer} ${label}`, Response, ["new", ...args], [consumer]);

    await read("of text", "text", "a=b", form);
    for (const consumer of consumers) {
      const used = make<Response>(Response, ["new", '"x"', form]);
      await used.text();
      await chain.with({ counts: false }, `Response.${consumer} of a used body`, used, [consumer]);
      const locked = make<Response>(Response, ["new", '"x"', form]);
      locked.body?.getReader();
      await chain.with({ counts: false }, `Response.${consumer} of a locked body`, locked, [
        consumer,
      ]);
      await read("of a stream of text", consumer, stream("x"), form);
    }
    for (const chunk of [5, null, undefined, {}]) {
      await read("of a stream of something else", "text", stream(chunk), {
        cf: { chunk: String(chunk) },
      });
    }
    await read(
      "of buffers",
      "bytes",
      stream(bytes(65).buffer, new Uint16Array([66]), new DataView(bytes(1, 67).buffer, 1)),
    );
    await read("of bytes, then text", "text", stream(bytes(65), "x"), { statusText: "mixed" });
    await read("of a byte stream", "text", new Blob(["ab"]).stream());
    const failing = (error: unknown) =>
      new ReadableStream({ pull: (controller) => controller.error(error) });
    await read("of a stream that fails", "text", failing(new RangeError("boom")), {
      statusText: "fails",
    });
    await read("of a stream that fails with text", "text", failing("boom"), { statusText: "text" });

    await read("of null", "text", null);
    await read("of null", "bytes", null);
    await read("of null", "json", null);
    await read("of null", "formData", null);
    await read("of the empty text", "json", "");
    await read("of JSON", "json", '{"a":[1]}');
    await read("of a byte order mark", "text", bytes(0xef, 0xbb, 0xbf, 65));
    await read("of broken UTF-8", "text", bytes(0xff, 65), { cf: {} });
    for (const body of [
      5,
      false,
      {},
      5n,
      new Date(NaN),
      new String("abc"),
      new URL("http://a.test/"),
    ]) {
      await read("of a value", "text", body);
    }
    await read("of an object with toString", "text", { toString: () => "hey" });
    await read("of numbers", "bytes", new Uint16Array([65, 66]));
    await read("of a view", "bytes", new DataView(bytes(1, 2, 3).buffer, 1, 1));

    function* generate(...values: unknown[]) {
      yield* values;
    }
    async function* generateLater(...values: unknown[]) {
      yield* values;
    }
    await read("of a generator", "text", generate(bytes(65), bytes(66)));
    await read("of a generator of text", "text", generate("a"), { cf: { text: true } });
    await read("of an asynchronous generator", "text", generateLater(bytes(65), bytes(66)), {
      statusText: "later",
    });
    await read("of a list of bytes", "text", [bytes(65), bytes(66)]);
    await read("of a list of numbers", "text", [1, 2]);
    await read("of a Set", "text", new Set([bytes(65)]));
    await read("of a Map", "text", new Map([[1, 2]]));

    const state = async (label: string, response: Response) =>
      await note(label, [response.bodyUsed, response.body?.locked ?? null]);
    const response = new Response("abc");
    await state("an untouched body", response);
    const text = response.text();
    await state("a body being read", response);
    await text;
    await state("a body that was read", response);
    const reading = new Response("abc");
    const reader = reading.body?.getReader();
    await state("a body with a reader", reading);
    await reader?.read();
    await state("a body that a reader has read", reading);
    const cancelled = new Response("abc");
    await cancelled.body?.cancel();
    await state("a cancelled body", cancelled);
    const source = stream(bytes(65));
    await note("whether a stream is the body", new Response(source).body === source);
    const first = new Response("abc");
    const second = new Response(first.body);
    await note("a shared body", [
      first.bodyUsed,
      second.body === first.body,
      await second.text(),
      first.bodyUsed,
    ]);

    await call("new Response of a used body", Response, [response.body]);
    await call("new Response of a locked stream", Response, [lockedStream(), {}]);
    await chain("Response.clone", Response, ["new", "abc"], ["clone"], ["text"]);
    await chain(
      "Response.clone of a stream",
      Response,
      ["new", stream(bytes(65))],
      ["clone"],
      ["text"],
    );
    await chain("Response.clone of a used one", response, ["clone"]);
    await chain("Response.clone of null", Response, ["new", null], ["clone"], ["body"]);
    const original = new Response("abc");
    const copies = [original.clone(), original.clone()];
    await note("clones", await Promise.all([...copies, original].map(async (one) => one.text())));

    const typed = (label: string, body: unknown, type: string) =>
      read(label, "formData", body, { headers: { "content-type": type } });
    await typed("of fields", "a=b&c=d%20e&a=f", "application/x-www-form-urlencoded");
    await typed("of plain text", "x", "text/plain");
    await typed("without boundary", "x", "multipart/form-data");
    await typed("of a foreign boundary", "x", "multipart/form-data; boundary=zz");
    const part = (head: string) => `--q\r\n${head}\r\n\r\nv\r\n--q--`;
    const multipart = "multipart/form-data; boundary=q";
    await typed("of a part", part('Content-Disposition: form-data; name="a"'), multipart);
    await typed("of a part without a name", part("Content-Disposition: form-data"), multipart);
    const file =
      'Content-Disposition: form-data; name="a"; filename="x.txt"\r\nContent-Type: text/plain';
    await typed("of a file", part(file), multipart);
    await chain(
      "Request.json",
      Request,
      ["new", "http://a.test/", { method: "POST", body: "[1]" }],
      ["json"],
    );
    await chain("Response.text detached", Response.prototype.text, ["call", {}]);
  },
});

function lockedStream(): ReadableStream {
  const locked = stream();
  locked.getReader();
  return locked;
}
