// Errors in transcripts: class, name where it differs, message, own fields and causes; never the stack.

import { className } from "./class-name.ts";
import { describeText } from "./describe-text.ts";
import type { Describer } from "./describe.ts";
import type { Described } from "./transcript.ts";

const longMessage = 2000;
// Engines put these on errors by themselves; `message`, `name` and `cause` are described apart.
const notOwn = ["stack", "message", "name", "cause", "errors", "line", "column", "sourceURL"];

/** Describes an Error or DOMException. */
export async function describeError(error: Error, describer: Describer): Promise<Described> {
  const kind = className(error);
  const result: Record<string, Described> = { $: kind };
  if (error.name !== kind) result["name"] = await describer.inner(error.name, "name");
  result["message"] =
    typeof error.message === "string"
      ? describeText(error.message, longMessage)
      : await describer.inner(error.message, "message");
  const isDom = error instanceof DOMException;
  if (isDom) result["code"] = error.code;
  const own = await describer.fields(error, isDom ? [...notOwn, "code"] : notOwn);
  if (Object.keys(own).length > 0) result["own"] = own;
  if (Object.hasOwn(error, "cause")) result["cause"] = await describer.inner(error.cause, "cause");
  if (error instanceof AggregateError) {
    result["errors"] = await describer.inner(error.errors, "errors");
  }
  return result;
}
