// SQLite's run-time limits as workerd sets them for users' SQL; the messages of what exceeds them are SQLite's own.
// https://developers.cloudflare.com/d1/platform/limits/

/** By the names that `node:sqlite` has for them. */
export const SQL_LIMITS = {
  attach: 0,
  column: 100,
  compoundSelect: 5,
  exprDepth: 100,
  likePatternLength: 50,
  sqlLength: 100_000,
  triggerDepth: 10,
  variableNumber: 100,
} as const;
