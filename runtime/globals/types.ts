// The shapes that workerd adds to the web's globals, as far as the runtime itself needs them; users get
// theirs from @cloudflare/workers-types.

/** The object whose globals are patched: `globalThis`, in tests also a plain object. */
export type Scope = typeof globalThis;

/** What the patches need from the world around them; all parts are asked at use, never at installation. */
export interface GlobalsOptions {
  /** The scope to patch; `globalThis` by default. */
  readonly target?: Scope;
  /**
   * Waits on the world's clock; rejects with the signal's reason once it is aborted. The default waits in real time.
   */
  readonly wait?: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Whether a compatibility flag of the running worker is on; all those of the newest date by default. */
  readonly flag?: (name: string) => boolean;
  /** Every compatibility flag of the running worker, for `Cloudflare.compatibilityFlags`. */
  readonly flags?: () => Readonly<Record<string, boolean>>;
  /**
   * Remembers the caller's context (its world, its request) and returns a function that runs in it again;
   * `AsyncLocalStorage.snapshot` fits.
   */
  readonly snapshot?: () => (run: () => void) => void;
  /** Keeps the caller's event until the function that it returns is called: an accepted WebSocket is open. */
  readonly holdEvent?: () => () => void;
}

/** The `cf` object of a request or response: JSON values only. */
export type Cf = Record<string, unknown>;

/** `ResponseInit` as workerd has it. */
export interface WorkerResponseInit {
  status?: unknown;
  statusText?: unknown;
  headers?: unknown;
  cf?: unknown;
  webSocket?: unknown;
  encodeBody?: unknown;
}

/** `RequestInit` as workerd has it. */
export interface WorkerRequestInit {
  method?: unknown;
  headers?: unknown;
  body?: unknown;
  redirect?: unknown;
  cache?: unknown;
  integrity?: unknown;
  signal?: unknown;
  cf?: unknown;
  fetcher?: unknown;
  encodeResponseBody?: unknown;
}
