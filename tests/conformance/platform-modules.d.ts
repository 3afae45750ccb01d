// The modules of the platform as conformance scripts see them: loosely, since what they do is what is being asked.

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
    protected ctx: { waitUntil(promise: Promise<unknown>): void; props: unknown };
    constructor(ctx?: unknown, env?: unknown);
  }
  export class DurableObject<Env = Record<string, unknown>> {
    protected env: Env;
    // The scripts call what they test on it.
    protected ctx: any;
    constructor(ctx?: unknown, env?: unknown);
  }
  export class WorkflowEntrypoint<Env = Record<string, unknown>> {
    protected env: Env;
    protected ctx: unknown;
    constructor(ctx?: unknown, env?: unknown);
  }
}

declare var WebSocketPair: { new (): { 0: WebSocket; 1: WebSocket } };
