// multipart/form-data, parsed as strictly and written as plainly as workerd does. Bun's own parser takes the type of a file
// from its name and skips what it does not understand; its writer adds charsets. https://www.rfc-editor.org/rfc/rfc7578

/** One part of a form. */
export interface Part {
  readonly name: string;
  /** Null for a text. */
  readonly filename: string | null;
  /** The content type of a file as it was sent. */
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The parts of a body; throws workerd's TypeErrors. */
export function parseMultipart(bytes: Uint8Array<ArrayBuffer>, boundary: string): Part[] {
  // One character for each byte, so that places in the text are places in the bytes.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const delimiter = `--${boundary}`;
  const parts: Part[] = [];
  let at = text.indexOf(delimiter);
  if (at < 0) {
    throw new TypeError("No initial boundary string (or you have a truncated message).");
  }
  for (;;) {
    at += delimiter.length;
    if (text.startsWith("--", at)) return parts;
    const start = afterNewline(text, at);
    if (start === null) {
      throw new TypeError("Boundary string was not succeeded by CRLF, LF, or '--'.");
    }
    const termination = headEnd(text, start);
    const head = text.slice(start, termination.index);
    const from = termination.index + termination.length;
    const next = text.indexOf(`\n${delimiter}`, from);
    if (next < 0 || next + delimiter.length + 1 === text.length) {
      throw new TypeError("No subsequent boundary string after multipart message.");
    }
    const end = next > from && text[next - 1] === "\r" ? next - 1 : next;
    parts.push(part(head, bytes.subarray(from, end)));
    at = next + 1;
  }
}

function afterNewline(text: string, at: number): number | null {
  if (text.startsWith("\r\n", at)) return at + 2;
  return text[at] === "\n" ? at + 1 : null;
}

function headEnd(text: string, start: number): { index: number; length: number } {
  const pattern = /\r?\n\r?\n/g;
  pattern.lastIndex = start;
  const match = pattern.exec(text);
  if (match === null) throw new TypeError("No multipart message header termination found.");
  // The last newline of an empty body belongs to the boundary that follows.
  return { index: match.index, length: match[0].length };
}

function part(head: string, bytes: Uint8Array<ArrayBuffer>): Part {
  const headers = new Map<string, string>();
  for (const line of head.split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon < 0) throw new TypeError("FormData part had invalid headers.");
    headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  const disposition = headers.get("content-disposition");
  if (disposition === undefined) {
    throw new TypeError("No valid Content-Disposition header found in FormData part.");
  }
  const kind = disposition.split(";", 1)[0]?.trim() ?? "";
  if (kind !== "form-data") {
    throw new TypeError(
      'Content-Disposition header for FormData part must have the value "form-data", possibly ' +
        `followed by parameters. Got: "${kind}"`,
    );
  }
  const name = parameter(disposition, "name");
  if (name === null) {
    throw new TypeError("Content-Disposition header in FormData part is missing a name.");
  }
  const filename = parameter(disposition, "filename") || null;
  return { name, filename, type: headers.get("content-type") ?? "", bytes };
}

// Only quoted values count.
function parameter(disposition: string, name: string): string | null {
  const match = new RegExp(`;\\s*${name}="((?:[^"\\\\]|\\\\.)*)"`).exec(disposition);
  if (match?.[1] === undefined) return null;
  const value = match[1].replace(/\\(.)/g, "$1");
  return new TextDecoder().decode(Buffer.from(value, "latin1"));
}

/** A form as it is sent, and its content type. */
export function writeMultipart(form: FormData): { body: Blob; type: string } {
  const boundary = crypto.getRandomValues(new Uint8Array(16)).toHex();
  const pieces: (string | Blob)[] = [];
  form.forEach((value: string | File, name) => {
    pieces.push(`--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"`);
    if (typeof value === "string") {
      pieces.push(`\r\n\r\n${value}\r\n`);
      return;
    }
    const type = value.type || "application/octet-stream";
    pieces.push(
      `; filename="${quoted(value.name)}"\r\nContent-Type: ${type}\r\n\r\n`,
      value,
      "\r\n",
    );
  });
  pieces.push(`--${boundary}--`);
  return { body: new Blob(pieces), type: `multipart/form-data; boundary=${boundary}` };
}

// https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
function quoted(name: string): string {
  return name.replaceAll('"', "%22").replace(/\r\n?|\n/g, "%0A");
}
