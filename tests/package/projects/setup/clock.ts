// Awaits at the top level, so it cannot be required.
export const name = await Promise.resolve("the real clock");
