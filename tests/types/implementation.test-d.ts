// Checked by `bun check`: each helper is what its declaration says.

import type * as declared from "../../types/index.d.ts";
import * as helpers from "../../preset/index.ts";

export const checked: Pick<typeof declared, keyof typeof helpers> = helpers;
