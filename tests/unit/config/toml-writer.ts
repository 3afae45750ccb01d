// Writes plain data as TOML with headers and tables of arrays, as people write wrangler.toml.

type Data = Readonly<Record<string, unknown>>;

export function toToml(data: Data): string {
  return `${section(data, []).join("\n")}\n`;
}

function section(data: Data, path: readonly string[]): string[] {
  const lines: string[] = [];
  const later: string[] = [];
  for (const [key, value] of Object.entries(data)) {
    const at = [...path, key];
    if (isTables(value)) {
      for (const item of value) later.push(`[[${at.map(name).join(".")}]]`, ...section(item, at));
    } else if (isTable(value) && !hasNull(value)) {
      later.push(`[${at.map(name).join(".")}]`, ...section(value, at));
    } else if (value !== null) {
      lines.push(`${name(key)} = ${inline(value)}`);
    }
  }
  return [...lines, ...later];
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (!isTable(value)) return JSON.stringify(value);
  const pairs = Object.entries(value).map(([key, inner]) => `${name(key)} = ${inline(inner)}`);
  return `{ ${pairs.join(", ")} }`;
}

function name(key: string): string {
  return /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
}

function isTable(value: unknown): value is Data {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTables(value: unknown): value is Data[] {
  return Array.isArray(value) && value.length > 0 && value.every(isTable);
}

function hasNull(value: unknown): boolean {
  return (
    value === null || (typeof value === "object" && Object.values(value as Data).some(hasNull))
  );
}
