export const build = { number: 42 };
