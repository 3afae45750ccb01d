// `"types": ["bunflare/types"]` in tsconfig.json: the matchers, for projects whose tests do not import "bunflare", and
// the types of `bun:test`.

/// <reference types="bun-types/test" />
/// <reference path="./matchers.d.ts" />
