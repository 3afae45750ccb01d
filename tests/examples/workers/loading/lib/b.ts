import { a } from "./a.ts";

export const b = (depth: number): string => (depth === 0 ? "b" : `b${a(depth - 1)}`);
