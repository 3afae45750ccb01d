// Writes into a persistent store until it is killed, and says a dot for each write that was committed.

import { writeSync } from "node:fs";
import { openPersistentStore } from "../../../../runtime/store/persistent.ts";

const store = openPersistentStore(process.argv[2] ?? "");
store.tables("kv", ["CREATE TABLE t (a)"]);
const users = store.database("d1/a.sqlite", {});
users.exec("CREATE TABLE IF NOT EXISTS u (b)");
const insert = store.data.prepare("INSERT INTO t VALUES (?)");
const insertUser = users.prepare("INSERT INTO u VALUES (?)");
for (let i = 0; ; i++) {
  insert.run(i);
  insertUser.run(i);
  writeSync(1, ".");
}
