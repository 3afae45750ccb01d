import { b } from "./b.ts";

export const a = (depth: number): string => (depth === 0 ? "a" : `a${b(depth - 1)}`);
