// Ratios of two ways to do a thing, measured in one run and in turn, so that a busy machine slows both.

const ROUNDS = 9;

/** The median of `ours / raw` over some rounds of `operations` calls each. */
export async function medianRatio(
  operations: number,
  ours: (i: number) => unknown,
  raw: (i: number) => unknown,
): Promise<number> {
  const ratios: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const ratio = (await time(operations, ours)) / (await time(operations, raw));
    // The first round warms both up.
    if (round > 0) ratios.push(ratio);
  }
  return ratios.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
}

// An operation that gives a promise is awaited; the raw one is not, as nobody would.
async function time(operations: number, operation: (i: number) => unknown): Promise<number> {
  const start = Bun.nanoseconds();
  for (let i = 0; i < operations; i++) {
    const result = operation(i);
    if (result instanceof Promise) await result;
  }
  return Bun.nanoseconds() - start;
}
