// Headers, Response and Request: one file of the package, because nearly every test uses all three.

export { buildHeaders } from "./headers-class.ts";
export { buildRewriter } from "./html-rewriter.ts";
export { buildRequest } from "./request-class.ts";
export { buildResponse } from "./response-class.ts";
