// What a Hyperdrive binding tells a driver. Host, port and address are those of the machine behind it, so they differ.

import type { Hyperdrive } from "@cloudflare/workers-types";
import { script } from "../../script.ts";

const databases = {
  PLAIN: "postgres://user:pass@localhost:6543/mydb",
  ENCODED: "postgresql://us%40er:p%40ss%2F@127.0.0.1/my%20db?sslmode=disable&application_name=x",
  MYSQL: "mysql://root:secret@127.0.0.1:3307/shop?ssl-mode=disabled",
};

const own = {
  class: "engine",
  reason: "drivers connect through Bun, where workerd's own host names lead nowhere",
} as const;

export default script<Record<string, Hyperdrive>>({
  id: "hyperdrive-fields",
  compatibilityDate: "2026-11-01",
  config: {
    hyperdrive: Object.entries(databases).map(([binding, localConnectionString]) => ({
      binding,
      id: binding.toLowerCase(),
      localConnectionString,
    })),
  },
  async run({ env, note }) {
    for (const name of Object.keys(databases)) {
      const drive = env[name];
      if (drive === undefined) throw new Error(`${name} is in the configuration`);
      const { connectionString, user, password, database, host, port } = drive;
      await note(`${name}: keys`, Object.keys(drive));
      await note(`${name}: user, password, database`, [user, password, database]);
      await note(`${name}: types`, [typeof drive.ip, typeof host, typeof port]);
      const shown = connectionString.replace(`@${host}:${port}/`, "@HOST/");
      await note(`${name}: connectionString`, shown);
      await note(`${name}: the same at each read`, drive.connectionString === connectionString);
      const field = Object.getOwnPropertyDescriptor(drive, "host");
      await note(`${name}: host can be written`, field?.writable);
    }
    await note("host", env["PLAIN"]?.host.replace(/^[0-9a-f]{32}/, "HEX"), { differs: own });
    await note("what it is", [String(env["PLAIN"]), env["PLAIN"]?.constructor.name]);
  },
});
