// What workerd adds to Web Crypto: timingSafeEqual, MD5, DigestStream.

import { script } from "../../script.ts";

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const { DigestStream } = crypto as unknown as {
  DigestStream: new (algorithm: unknown) => WritableStream & {
    readonly digest: Promise<ArrayBuffer>;
    readonly bytesWritten: bigint;
    [Symbol.dispose](): void;
  };
};

export default script({
  id: "globals-crypto",
  compatibilityDate: "2026-11-01",
  async run({ chain, call, note }) {
    const equal = (...args: unknown[]) => call("subtle.timingSafeEqual", crypto.subtle, args);
    await equal(bytes(1, 2), bytes(1, 2));
    await equal(bytes(1, 2).buffer, bytes(1, 3));
    await equal(new Uint16Array([1]), bytes(1, 0));
    await equal(bytes(), bytes());
    await equal(bytes(9, 1).subarray(1), bytes(1));
    await equal(bytes(1), bytes(1, 2, 3).buffer);
    await equal("a", "a");
    await equal(bytes(1));
    await equal(bytes(1), "a");
    await equal();
    await chain("subtle.timingSafeEqual detached", Reflect.get(crypto.subtle, "timingSafeEqual"), [
      "call",
      {},
      bytes(1),
      bytes(1),
    ]);

    const data = new TextEncoder().encode("abc");
    const digest = (...args: unknown[]) => call("subtle.digest", crypto.subtle, args);
    await digest({ name: "md5" }, data);
    await digest("SHA-1", new Uint16Array([1]));
    await digest("SHA3-256", data);
    await digest("SHA256", data);
    await digest();
    await digest("SHA-1");

    const stream = (...args: unknown[]) => call("new DigestStream", DigestStream, args);
    await stream("SHA256");
    await stream();
    for (const name of [
      "SHA-1",
      "SHA-256",
      "SHA-384",
      "SHA-512",
      "MD5",
      "crc32",
      "crc32c",
      "crc64nvme",
    ]) {
      const digesting = new DigestStream(name);
      const writer = digesting.getWriter();
      await writer.write(data);
      await writer.write("é");
      await writer.close();
      await note(`DigestStream ${name}`, [
        new Uint8Array(await digesting.digest),
        digesting.bytesWritten,
      ]);
    }
    const piped = new DigestStream({ name: "sha-1" });
    await new Response("abc").body?.pipeTo(piped);
    await note("DigestStream of a pipe", [new Uint8Array(await piped.digest), piped.bytesWritten]);
    await chain(
      "DigestStream.write of a number",
      DigestStream,
      ["new", "SHA-1"],
      ["getWriter"],
      ["write", 5],
    );
    const aborted = new DigestStream("SHA-1");
    const reason = aborted.digest.catch((error: unknown) => error);
    await aborted.getWriter().abort(new Error("q"));
    await note("DigestStream aborted", await reason);
    const disposed = new DigestStream("SHA-1");
    const disposal = disposed.digest.catch((error: unknown) => error);
    disposed[Symbol.dispose]();
    await note("DigestStream disposed", await disposal);
  },
});
