// Alarms: setting, reading, deleting, running, and running again after a failure.

import { DurableObject } from "cloudflare:workers";
import { script } from "../../script.ts";
import { stepsOf, subject } from "./support/inside.ts";

const FAR = 4102444800000;

export class Subject extends subject({
  async values({ storage, call, note }) {
    await call("storage.getAlarm", storage, []);
    await call("storage.getAlarm with options", storage, [{ allowConcurrency: true }]);
    await call.with({ counts: false }, "storage.setAlarm a fraction", storage, [FAR + 0.7]);
    await call.with({ counts: false }, "storage.getAlarm", storage, []);
    const times: unknown[] = [FAR, new Date(FAR + 1000), String(FAR)];
    for (const time of [...times, true, [FAR]]) {
      await call("storage.setAlarm", storage, [time]);
      await call.with({ counts: false }, "storage.getAlarm", storage, []);
    }
    const bad: unknown[] = [0, -1, Number.NaN, Infinity, new Date(Number.NaN), "text"];
    for (const time of [...bad, null, undefined, {}, 1n, Symbol("t")]) {
      await call("storage.setAlarm refused", storage, [time]);
    }
    await call.with({ counts: false }, "storage.setAlarm the epoch", storage, [new Date(0)]);
    await call("storage.setAlarm nothing", storage, []);
    await call("storage.setAlarm bad options", storage, [FAR, 5]);
    await call("storage.setAlarm options", storage, [FAR, { allowUnconfirmed: true }]);
    await call("storage.deleteAlarm", storage, []);
    await call.with({ counts: false }, "storage.getAlarm", storage, []);
    await call("storage.deleteAlarm again, with options", storage, [{}]);
    await call("storage.getAlarm bad options", storage, [5]);
    await storage.setAlarm(FAR);
    await storage.transaction(async (txn) => {
      await call("txn.setAlarm", txn, [FAR + 5]);
      await call("txn.getAlarm", txn, [{}]);
      await call("txn.deleteAlarm", txn, [{}]);
      await note("getAlarm of the storage", await storage.getAlarm());
      txn.rollback();
    });
    await note("rolled back", await storage.getAlarm());
    await storage
      .transaction(async (txn) => {
        await txn.deleteAlarm();
        throw new Error("no");
      })
      .catch(() => undefined);
    await note("rolled back", await storage.getAlarm());
    await storage.put("a", 1);
    await storage.deleteAll();
    await note("after deleteAll", await storage.getAlarm());
  },
}) {
  override async alarm(): Promise<void> {}
}

export class NoAlarm extends subject({
  async none({ storage, call }) {
    await call("storage.setAlarm without a handler", storage, [FAR, undefined]);
    await call("storage.setAlarm a bad time without a handler", storage, [-1, undefined]);
    await call.with({ counts: false }, "storage.getAlarm without a handler", storage, []);
    await call.with({ counts: false }, "storage.deleteAlarm without a handler", storage, []);
  },
}) {}

export class Runner extends DurableObject {
  readonly runs: unknown[] = [];
  mode = "";
  start(mode: string, ms: number): Promise<void> {
    this.mode = mode;
    return this.ctx.storage.setAlarm(Date.now() + ms);
  }
  state(): unknown {
    return this.runs;
  }
  async alarmTime(): Promise<unknown> {
    const time = await this.ctx.storage.getAlarm();
    return time === null ? null : time > Date.now() + 1e6 ? "far" : "near";
  }
  override async alarm(info?: AlarmInvocationInfo): Promise<void> {
    const args = arguments.length;
    const during = await this.ctx.storage.getAlarm();
    const { scheduledTime, ...rest } = { ...info } as { scheduledTime: number };
    const late = Date.now() - scheduledTime;
    this.runs.push([
      args,
      during,
      typeof scheduledTime,
      late >= 0 && late < 1500,
      rest,
      info?.constructor.name,
    ]);
    if (this.mode === "again" && this.runs.length < 3)
      await this.ctx.storage.setAlarm(Date.now() + 1);
    if (this.mode === "fail" && this.runs.length < 2) throw new Error("alarm fails");
    if (this.mode === "set and fail") {
      this.mode = "";
      await this.ctx.storage.setAlarm(Date.now() + 1e9);
      throw new Error("alarm fails");
    }
    if (this.mode === "delete and fail" && this.runs.length < 2) {
      await this.ctx.storage.deleteAlarm();
      throw new Error("alarm fails");
    }
  }
}

export default script<{
  OBJECTS: DurableObjectNamespace;
  NONE: DurableObjectNamespace;
  RUNNER: DurableObjectNamespace<Runner>;
}>({
  id: "durable-objects-alarms",
  failures: true,
  compatibilityDate: "2026-11-01",
  config: {
    durable_objects: {
      bindings: [
        { name: "OBJECTS", class_name: "Subject" },
        { name: "NONE", class_name: "NoAlarm" },
        { name: "RUNNER", class_name: "Runner" },
      ],
    },
    migrations: [{ tag: "v1", new_sqlite_classes: ["Subject", "NoAlarm", "Runner"] }],
  },
  async run({ env: { OBJECTS, NONE, RUNNER }, include, note, until }) {
    include(await stepsOf(OBJECTS.getByName("values"), "values"));
    include(await stepsOf(NONE.getByName("none"), "none"));
    const run = async (mode: string, ms: number, times: number) => {
      const stub = RUNNER.getByName(mode);
      await stub.start(mode, ms);
      await until(async () => ((await stub.state()) as unknown[]).length >= times);
      await note(`${mode}: runs`, await stub.state());
      await note(`${mode}: the alarm afterwards`, await stub.alarmTime());
    };
    await run("once", 10, 1);
    await run("past", -5000, 1);
    await run("again", 1, 3);
    await run("fail", 1, 2);
    await run("set and fail", 1, 1);
    await run("delete and fail", 1, 1);
  },
});
