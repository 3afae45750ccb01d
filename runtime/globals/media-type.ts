// Content types as the Fetch standard reads them. https://mimesniff.spec.whatwg.org/#parsing-a-mime-type

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** A content type in its parts: type and parameter names in lower case. */
export interface MediaType {
  readonly essence: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Reads a content type; null when it is none. */
export function parseMediaType(text: string): MediaType | null {
  const [first = "", ...rest] = text.split(";");
  const [type = "", subtype = "", ...more] = first.trim().split("/");
  if (more.length > 0 || !token.test(type) || !token.test(subtype)) return null;
  const parameters = new Map<string, string>();
  for (const part of rest) {
    const at = part.indexOf("=");
    if (at < 0) continue;
    const name = part.slice(0, at).trim().toLowerCase();
    const value = part
      .slice(at + 1)
      .trim()
      .replace(/^"([^"]*)"$/, "$1");
    if (token.test(name) && value !== "" && !parameters.has(name)) parameters.set(name, value);
  }
  return { essence: `${type}/${subtype}`.toLowerCase(), parameters };
}

/** A content type as the type of a blob: normalised, empty when it is none. */
export function blobTypeOf(contentType: string | null): string {
  const media = contentType === null ? null : parseMediaType(contentType);
  if (media === null) return "";
  const parameters = [...media.parameters].map(
    ([name, value]) => `;${name}=${token.test(value) ? value : `"${value}"`}`,
  );
  return media.essence + parameters.join("");
}
