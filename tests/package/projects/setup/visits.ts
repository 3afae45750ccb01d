/** How many files have seen this module: it is a new one for each. */
export const visits = { count: 0 };
