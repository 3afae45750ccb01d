import { afterAll, expect, test } from "bun:test";
import type { AddressInfo } from "node:net";
import { connect, createServer } from "node:net";
import type { Hyperdrive } from "@cloudflare/workers-types";
import { hyperdrive } from "../../../runtime/bindings/hyperdrive.ts";
import { loadWorkerConfig } from "../../../runtime/config/load.ts";
import { openTestWorld } from "../../bindings/world.ts";
import { createFolder } from "../config/folder.ts";

const server = createServer((socket) => socket.end("the database"));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;
afterAll(() => server.close());

function bindings(...list: { binding: string; localConnectionString?: string }[]) {
  return { hyperdrive: list.map((entry) => ({ id: "1", ...entry })) };
}

function driveOf(
  localConnectionString: string,
  variables: Record<string, string> = {},
): Hyperdrive {
  const text = JSON.stringify(bindings({ binding: "DB", localConnectionString }));
  using folder = createFolder({ "wrangler.json": text });
  const file = folder.at("wrangler.json");
  const config = loadWorkerConfig({ file, environment: "", processEnv: variables });
  const [definition] = hyperdrive.parse(config);
  if (definition === undefined) throw new Error("there is a definition");
  return hyperdrive.expose(() => null, definition) as unknown as Hyperdrive;
}

test("host and port lead to the database", async () => {
  const drive = driveOf(`postgres://user:pass@127.0.0.1:${port}/shop`);
  expect(drive.connectionString).toBe(
    `postgres://user:pass@127.0.0.1:${port}/shop?sslmode=disable`,
  );
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(drive.port, drive.host);
    socket.on("data", (data) => resolve(String(data)));
    socket.on("error", reject);
  });
  expect(answer).toBe("the database");
});

test("a database that wants TLS is asked for it", () => {
  const url = "postgres://user:pass@db.example.com/shop?sslmode=require&application_name=x";
  expect(driveOf(url).connectionString).toBe(
    "postgres://user:pass@db.example.com:5432/shop?sslmode=require",
  );
});

test("a variable of the process wins over the configuration", () => {
  const variables = {
    CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_DB: "mysql://u:p@localhost/from-env",
  };
  const drive = driveOf("postgres://user:pass@localhost/shop", variables);
  expect([drive.database, drive.port, drive.host, drive.ip]).toEqual([
    "from-env",
    3306,
    "localhost",
    "127.0.0.1",
  ]);
});

test("only a binding that is used needs a connection string", () => {
  using opened = openTestWorld(
    bindings({ binding: "LACKS" }, { binding: "DB", localConnectionString: "mysql://u:p@h/d" }),
  );
  const { env } = opened.world.primary;
  expect((env["DB"] as Hyperdrive).user).toBe("u");
  expect(() => env["LACKS"]).toThrow(/wrangler\.json.*localConnectionString.*"LACKS" was used/s);
});

test("a connection string that leads nowhere is refused with what is wrong", () => {
  const wrong = {
    nonsense: "it is no URL",
    "sqlite://u:p@h/d": "only PostgreSQL and MySQL",
    "postgres://u:p@h": "it has no database",
    "postgres://h/d": "it has no user",
    "postgres://u@h/d": "it has no password",
  };
  for (const [text, why] of Object.entries(wrong)) expect(() => driveOf(text)).toThrow(why);
});

test("connect() says what to do instead", () => {
  const drive = driveOf("postgres://user:pass@localhost/shop");
  expect(() => drive.connect()).toThrow("Give a driver the connectionString");
});
