interface Reason {
  why: string;
}

export function fail(reason: Reason): never {
  throw new Error(reason.why);
}
