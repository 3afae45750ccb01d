// The platform's modules and types as conformance scripts see them. Workers' types are asked for one by one: taken
// whole, they would replace Bun's.

declare module "cloudflare:workers" {
  export class RpcTarget {}
  export class RpcStub {
    constructor(target: unknown);
    dup(): RpcStub;
    [Symbol.dispose](): void;
    [member: string]: unknown;
  }
  export class RpcPromise {}
  export class RpcProperty {}
  export class ServiceStub {}
  export class WorkerEntrypoint<Env = Record<string, unknown>> {
    protected env: Env;
    protected ctx: ExecutionContext;
    constructor(ctx?: unknown, env?: unknown);
    fetch?(request: Request): Response | Promise<Response>;
    scheduled?(controller: unknown): unknown;
    queue?(batch: unknown): unknown;
  }
  export class DurableObject<Env = Record<string, unknown>> {
    protected env: Env;
    protected ctx: DurableObjectState;
    constructor(ctx?: unknown, env?: unknown);
    fetch?(request: Request): Response | Promise<Response>;
    alarm?(info?: AlarmInvocationInfo): void | Promise<void>;
    webSocketMessage?(socket: WebSocket, message: string | ArrayBuffer): void | Promise<void>;
    webSocketClose?(socket: WebSocket, code: number, reason: string, clean: boolean): unknown;
    webSocketError?(socket: WebSocket, error: unknown): void | Promise<void>;
  }
  export class WorkflowEntrypoint<Env = Record<string, unknown>> {
    protected env: Env;
    protected ctx: unknown;
    constructor(ctx?: unknown, env?: unknown);
  }
  export const env: Record<string, unknown>;
  export const exports: Record<string, unknown>;
  export function waitUntil(promise: Promise<unknown>): void;
}

declare var WebSocketPair: { new (): { 0: WebSocket; 1: WebSocket } };

type AlarmInvocationInfo = import("@cloudflare/workers-types").AlarmInvocationInfo;
type DurableObjectId = import("@cloudflare/workers-types").DurableObjectId;
// What can be called on a stub is up to the scripts, which call what is not there, too.
interface DurableObjectNamespace<_Class = undefined> {
  idFromName(name: string): DurableObjectId;
  idFromString(id: string): DurableObjectId;
  newUniqueId(options?: object): DurableObjectId;
  get(id: DurableObjectId, options?: object): any;
  getByName(name: string, options?: object): any;
  jurisdiction(jurisdiction: string): DurableObjectNamespace<_Class>;
}
type DurableObjectState = import("@cloudflare/workers-types").DurableObjectState;
type DurableObjectStorage = import("@cloudflare/workers-types").DurableObjectStorage;
type DurableObjectTransaction = import("@cloudflare/workers-types").DurableObjectTransaction;
type ExecutionContext = import("@cloudflare/workers-types").ExecutionContext;
type Fetcher = import("@cloudflare/workers-types").Fetcher;

declare module "*.md" {
  const text: string;
  export default text;
}
declare module "*.sql" {
  const text: string;
  export default text;
}
declare module "*.bin" {
  const bytes: ArrayBuffer;
  export default bytes;
}
declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
declare module "greeting-package" {
  const greeting: string;
  export default greeting;
  export const named: readonly number[];
}
