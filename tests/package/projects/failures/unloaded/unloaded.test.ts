// The working directory of this file has a bunfig.toml without the preload.

import { test } from "bun:test";
import { getEnv } from "bunflare";

test("asks for env", () => void getEnv());
