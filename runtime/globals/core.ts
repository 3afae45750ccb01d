// What nearly every test uses: Headers, Response and Request, and the small modules that they share with the rest. One file
// of the package: the others take what they share from here by `require`, because each further file costs a third of
// a millisecond.

export { blobType, blobTypes, withoutCharset } from "./blob-type.ts";
export { byteBody, defaultChunkBytes, endBytes, feedBytes } from "./byte-body.ts";
export { demands } from "./demand.ts";
export { wrongConstruction } from "./errors.ts";
export { listIterator } from "./iterators.ts";
export { parseMediaType } from "./media-type.ts";
export { toBytes } from "./read-bytes.ts";
export { socketEnds } from "./socket-slot.ts";
export { buildHeaders } from "./headers-class.ts";
export { buildRewriter } from "./html-rewriter.ts";
export { buildRequest } from "./request-class.ts";
export { buildResponse } from "./response-class.ts";
