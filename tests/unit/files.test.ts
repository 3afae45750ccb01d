import { expect, test } from "bun:test";
import { isFile, readBytes, readText } from "../../runtime/files.ts";

test("reads a file that may not be written", async () => {
  const path = Bun.which("cat") ?? "";
  // While a program runs, not even root may write its file.
  await using child = Bun.spawn([path], { stdin: "pipe", stdout: "ignore" });
  expect(child.killed).toBe(false);
  expect(isFile(path)).toBe(true);
  expect(readBytes(path)).toEqual(await Bun.file(path).bytes());
});

test("tells of what is not there, and of what is no file", () => {
  expect(readText("/no/such/file")).toBeNull();
  expect(isFile("/no/such/file")).toBe(false);
  expect(isFile(import.meta.dir)).toBe(false);
  expect(() => readText(import.meta.dir)).toThrow("EISDIR");
});
