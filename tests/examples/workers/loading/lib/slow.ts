// Modules may wait while they load.
await new Promise((resolve) => setTimeout(resolve, 1));
export const ready = "ready";
