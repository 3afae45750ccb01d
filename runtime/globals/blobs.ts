// Blob, File and FormData: one file of the package, because files are what makes the difference to a form.

export { buildBlobs } from "./blob-classes.ts";
export { buildFormData, formDataOf } from "./form-data.ts";
export { writeMultipart } from "./multipart.ts";
