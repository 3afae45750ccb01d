// What the Node process that runs workerd and its parent agree on: wrangler prints to the same output.

/** What a line of output begins with when the rest of it is a JobResult. */
export const resultMark = "conformance-result:";
