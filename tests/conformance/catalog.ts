// The scripts and recordings that there are, by id.

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ScriptModule } from "./script.ts";
import type { Recording } from "./transcript.ts";

/** A script's place: scripts/<area>/<name>.ts, recorded in recorded/<area>/<name>.json. */
export interface Entry {
  id: string;
  area: string;
  file: string;
  recording: string;
}

const root = import.meta.dir;

/** All scripts, sorted by id. */
export function listScripts(filter = ""): Entry[] {
  return [...new Bun.Glob("*/*.ts").scanSync(join(root, "scripts"))]
    .map((path): Entry => {
      const [area = "", name = ""] = path.replaceAll("\\", "/").replace(/\.ts$/, "").split("/");
      const recording = join(root, "recorded", area, `${name}.json`);
      return {
        id: `${area}-${name}`,
        area,
        file: join(root, "scripts", area, `${name}.ts`),
        recording,
      };
    })
    .filter(({ id }) => id.includes(filter))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Recordings whose script is gone. */
export function listOrphans(): string[] {
  const known = new Set(listScripts().map(({ recording }) => recording));
  return [...new Bun.Glob("*/*.json").scanSync(join(root, "recorded"))]
    .map((path) => join(root, "recorded", path))
    .filter((file) => !known.has(file))
    .sort();
}

/** The committed recording of a script, or null. */
export function readRecording(entry: Entry): Recording | null {
  if (!existsSync(entry.recording)) return null;
  return JSON.parse(readFileSync(entry.recording, "utf8")) as Recording;
}

/** Imports a script's module and checks that it calls itself by its place. */
export async function loadScript(entry: Entry): Promise<ScriptModule> {
  const { default: module } = (await import(entry.file)) as { default: ScriptModule };
  if (module?.script?.id !== entry.id) {
    throw new Error(
      `${entry.file} must export default script({ id: "${entry.id}", … }), not "${module?.script?.id}"`,
    );
  }
  return module;
}

/** The modules of a script's further workers, absolute, by worker name. */
export function otherMains(entry: Entry, module: ScriptModule): Record<string, string> {
  const folder = dirname(entry.file);
  return Object.fromEntries(
    Object.entries(module.script.workers ?? {}).map(([name, { main }]) => [
      name,
      join(folder, main),
    ]),
  );
}
