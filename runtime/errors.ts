// Our own family of errors. Platform errors (what workerd throws) are built by the bindings themselves.

/** The stable codes of `BunflareError`; they do not change between versions, messages may. */
export type ErrorCode =
  | "config_not_found"
  | "config_syntax"
  | "config_invalid"
  | "option_unknown"
  | "option_invalid"
  | "binding_unsupported"
  | "main_missing"
  | "main_invalid"
  | "handler_missing"
  | "worker_missing"
  | "migration_failed"
  | "network_denied"
  | "seed_failed"
  | "store_closed"
  | "store_unusable"
  | "time_stuck"
  | "time_runaway"
  | "usage";

/** What a `BunflareError` says: what happened, why, and what to do about it. */
export interface Report {
  what: string;
  why?: string;
  todo?: string;
  cause?: unknown;
}

const FRAMES = 40;

/** An error of bunflare itself: "[bunflare] what happened: why. What to do." with a stable `code`. */
export class BunflareError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, report: Report) {
    const { stackTraceLimit } = Error;
    // Deep enough to reach the user's line below ours.
    Error.stackTraceLimit = Math.max(stackTraceLimit, FRAMES);
    super(sentence(report), report.cause === undefined ? undefined : { cause: report.cause });
    Error.stackTraceLimit = stackTraceLimit;
    this.code = code;
  }

  override get name(): string {
    return "BunflareError";
  }
}

/** A `BunflareError` about a configuration file; it names file, line (from 1) and key where they are known. */
export class ConfigError extends BunflareError {
  readonly file: string;
  readonly line: number | null;
  readonly key: string | null;

  constructor(
    code: ErrorCode,
    place: { file: string; line?: number | null; key?: string | null },
    report: Report,
  ) {
    const line = place.line ?? null;
    const key = place.key ?? null;
    const where = `${place.file}${line === null ? "" : `:${line}`}${key === null ? "" : `, ${key}`}`;
    super(code, { ...report, what: `${where}: ${report.what}` });
    this.file = place.file;
    this.line = line;
    this.key = key;
  }
}

function sentence({ what, why, todo }: Report): string {
  const happened = why === undefined ? what : `${what}: ${why}`;
  return `[bunflare] ${happened}${todo === undefined ? "" : `. ${todo}`}`;
}
