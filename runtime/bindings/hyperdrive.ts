// Hyperdrive: `hyperdrive` in the configuration. Its fields lead a driver to the local database that is configured. In
// workerd they name a host that exists inside it only; drivers here connect through Bun, so they get the database's own.
// https://developers.cloudflare.com/hyperdrive/configuration/local-development/

import { defineBinding } from "../binding.ts";
import type { Definition } from "../binding.ts";
import { list } from "../config/read.ts";
import type { Entry } from "../config/read.ts";
import type { WorkerConfig } from "../config/types.ts";
import { BunflareError } from "../errors.ts";
import { illegalConstructor, illegalInvocation, isObject } from "../platform/arguments.ts";
import { platformClass } from "../platform/class.ts";

/** What one binding connects to, or the error for one that does not say. */
type HyperdriveOptions = () => Origin;

/** A database. */
interface Origin {
  readonly connectionString: string;
  readonly port: number;
  readonly ip: string;
  readonly host: string;
  readonly password: string;
  readonly user: string;
  readonly database: string;
}

const VARIABLES = [
  "CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_",
  "WRANGLER_HYPERDRIVE_LOCAL_CONNECTION_STRING_",
];

const PORTS: Readonly<Record<string, number>> = { postgres: 5432, postgresql: 5432, mysql: 3306 };

function parse(config: WorkerConfig): readonly Definition<HyperdriveOptions>[] {
  return list(config, "hyperdrive").map((entry) => {
    const name = entry.string("binding");
    const written = entry.optionalString("localConnectionString");
    const [variable] = VARIABLES.flatMap(
      (prefix) => config.processVariable(`${prefix}${name}`) || [],
    );
    // Only a worker that uses the binding needs a database.
    const options = (): Origin => readOrigin(variable ?? written, name, entry);
    // By name: two bindings of one id may have databases of their own.
    return {
      worker: config.name,
      id: JSON.stringify([config.name, entry.string("id"), name]),
      name,
      options,
    };
  });
}

function readOrigin(text: string | undefined, name: string, entry: Entry): Origin {
  if (text === undefined) {
    throw entry.error("localConnectionString", {
      what: `is missing, and the binding "${name}" was used`,
      todo: `Set it, or the variable ${VARIABLES[0]}${name}, to the connection string of a local database`,
    });
  }
  const url = URL.parse(text);
  const scheme = url?.protocol.slice(0, -1) ?? "";
  const port = PORTS[scheme];
  const why = url === null ? "it is no URL" : problemWith(url, port);
  if (url === null || port === undefined || why !== null) {
    throw entry.error("localConnectionString", {
      what: `is no connection string that the binding "${name}" can use`,
      ...(why !== null && { why }),
      todo: 'Write it as "postgres://user:password@localhost:5432/database"',
    });
  }
  return originOf(url, scheme, port);
}

function problemWith(url: URL, port: number | undefined): string | null {
  if (port === undefined) return "only PostgreSQL and MySQL databases are supported";
  if (url.hostname === "") return "it has no host";
  if (url.pathname === "") return "it has no database";
  if (url.username === "") return "it has no user";
  if (url.password === "") return "it has no password";
  return null;
}

function originOf(url: URL, scheme: string, defaultPort: number): Origin {
  const host = url.hostname;
  const port = url.port === "" ? defaultPort : Number(url.port);
  const user = decodeURIComponent(url.username);
  const password = decodeURIComponent(url.password);
  const database = decodeURIComponent(url.pathname.slice(1));
  // workerd puts the decoded parts together, and so do we.
  const address = `${scheme}://${user}:${password}@${host}:${port}/${database}`;
  return {
    connectionString: `${address}?${sslOf(url, scheme)}`,
    port,
    ip: host === "localhost" ? "127.0.0.1" : host,
    host,
    password,
    user,
    database,
  };
}

// workerd's own connection is not encrypted, as it does not leave the machine; this one is the database's own.
function sslOf(url: URL, scheme: string): string {
  const name = scheme === "mysql" ? "ssl-mode" : "sslmode";
  const mode = [...url.searchParams].find(([key]) => key.toLowerCase() === name)?.[1];
  return `${name}=${mode ?? (scheme === "mysql" ? "disabled" : "disable")}`;
}

/** What worker code gets. Its fields are data properties that cannot be written. */
export class Hyperdrive {
  readonly #isHyperdrive = true;

  constructor(origin: Origin) {
    if (!isObject(origin)) throw illegalConstructor();
    for (const [field, value] of Object.entries(origin)) {
      Object.defineProperty(this, field, { value, enumerable: true, configurable: true });
    }
  }

  /** A socket to the database; not there yet. */
  connect(): never {
    if (!isObject(this) || !(#isHyperdrive in this)) throw illegalInvocation();
    throw new BunflareError("binding_unsupported", {
      what: "connect() of a Hyperdrive binding was called",
      why: "bunflare does not simulate cloudflare:sockets yet",
      todo: "Give a driver the connectionString, which leads to the local database",
    });
  }
}

platformClass(Hyperdrive);

export const hyperdrive = defineBinding<HyperdriveOptions, null, Hyperdrive>({
  kind: "hyperdrive",
  keys: ["hyperdrive"],
  parse,
  open: () => null,
  expose: (_, { options }) => new Hyperdrive(options()),
});
