// The tags of the payload format. It is V8's own (version 15), which workerd stores and sends: so the sizes that limits
// are measured in are the platform's. Host tags are those of workerd's `SerializationTag`.
// https://github.com/v8/v8/blob/main/src/objects/value-serializer.cc

/** The first byte of every payload; the version follows it. */
export const header = 0xff;
export const version = 15;

const code = (letter: string): number => letter.charCodeAt(0);

export const Tag = {
  padding: 0,
  undefined: code("_"),
  null: code("0"),
  true: code("T"),
  false: code("F"),
  int32: code("I"),
  double: code("N"),
  bigint: code("Z"),
  latin1: code('"'),
  utf16: code("c"),
  reference: code("^"),
  object: code("o"),
  endObject: code("{"),
  denseArray: code("A"),
  endDenseArray: code("$"),
  sparseArray: code("a"),
  endSparseArray: code("@"),
  hole: code("-"),
  date: code("D"),
  trueObject: code("y"),
  falseObject: code("x"),
  numberObject: code("n"),
  bigintObject: code("z"),
  stringObject: code("s"),
  regexp: code("R"),
  map: code(";"),
  endMap: code(":"),
  set: code("'"),
  endSet: code(","),
  arrayBuffer: code("B"),
  resizableArrayBuffer: code("~"),
  view: code("V"),
  error: code("r"),
  host: code("\\"),
} as const;

/** The parts of an `error` record; each prototype letter names a class, and the end closes it. */
export const ErrorTag = {
  message: code("m"),
  cause: code("c"),
  stack: code("s"),
  end: code("."),
} as const;

/** The classes that an `error` record can name; every other one is a plain `Error`. */
export const errorPrototypes: readonly (readonly [letter: number, name: string])[] = [
  [code("E"), "EvalError"],
  [code("R"), "RangeError"],
  [code("F"), "ReferenceError"],
  [code("S"), "SyntaxError"],
  [code("T"), "TypeError"],
  [code("U"), "URIError"],
];

/** What follows a `host` tag. */
export const HostTag = {
  stub: 1,
  writableStream: 2,
  readableStream: 3,
  headers: 4,
  request: 5,
  response: 6,
  domException: 8,
  nativeError: 10,
  service: 11,
  blob: 15,
} as const;

/** Error classes that a `nativeError` names by number; index 0 means "the name follows". */
export const nativeErrors = [
  "",
  "Error",
  "TypeError",
  "RangeError",
  "ReferenceError",
  "SyntaxError",
  "WasmCompileError",
  "WasmLinkError",
  "WasmRuntimeError",
  "WasmSuspendError",
  "EvalError",
  "URIError",
  "AggregateError",
  "SuppressedError",
] as const;

/** View classes by their letter in a `view` record. */
export const views: readonly (readonly [letter: number, name: string])[] = [
  [code("b"), "Int8Array"],
  [code("B"), "Uint8Array"],
  [code("C"), "Uint8ClampedArray"],
  [code("w"), "Int16Array"],
  [code("W"), "Uint16Array"],
  [code("d"), "Int32Array"],
  [code("D"), "Uint32Array"],
  [code("h"), "Float16Array"],
  [code("f"), "Float32Array"],
  [code("F"), "Float64Array"],
  [code("q"), "BigInt64Array"],
  [code("Q"), "BigUint64Array"],
  [code("?"), "DataView"],
];

/** The bits of a view's flags. */
export const ViewFlag = { lengthTracking: 1, resizable: 2 } as const;

/** The regular expression flags in V8's order of bits; null is one that JavaScript does not have. */
export const regexpFlags = ["g", "i", "m", "y", "u", "s", null, "d", "v"] as const;
