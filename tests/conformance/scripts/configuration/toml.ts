// TOML's kinds of values as variables. https://toml.io/en/v1.0.0

import { script } from "../../script.ts";

const toml = String.raw`
[vars]
INTEGER = 1_000
HEX = 0xdead_beef
OCTAL = 0o755
BINARY = 0b1010
MILLION = 1e6
FLOAT = 6.626e-34
SIGNED = +99
ZERO = -0.0
BASIC = "tab\t quote\" \u00e9 \U0001F9EA"
LITERAL = 'C:\path\"no escape"'
MULTI = """
first \
    joined
second"""
RAW = '''
'single' and "double"
\n stays'''
LIST = [1, 2.5, "three", [true], { four = 4 },]
DOTTED.key.deep = "dotted"
INLINE = { a = { b = [] } }
"quoted key" = "quoted"

[vars.TABLE]
one = 1

[[vars.TABLES]]
name = "first"
[[vars.TABLES]]
name = "second"
`;

export default script<Record<string, string> & Record<string, unknown>>({
  id: "configuration-toml",
  compatibilityDate: "2026-11-01",
  toml: `${toml}\n[vars.UNICODE]\n'ключ' = '漢字'\n`,
  async run({ env, call, note }) {
    await note("names", Object.keys(env).sort());
    const { INTEGER, HEX, OCTAL, BINARY, MILLION, FLOAT, SIGNED, ZERO } = env;
    await call("Object.values of integers", Object, [{ INTEGER, HEX, OCTAL, BINARY, SIGNED }]);
    await call("Object.values of floats", Object, [{ MILLION, FLOAT }]);
    await call("Object.is of minus zero", Object, [ZERO, -0]);
    await call("JSON.stringify of a basic text", JSON, [env["BASIC"]]);
    await call("JSON.stringify of a literal text", JSON, [env["LITERAL"]]);
    await call("JSON.stringify of a text of several lines", JSON, [env["MULTI"]]);
    await call("JSON.stringify of a literal of several lines", JSON, [env["RAW"]]);
    await call("JSON.stringify of a list of all kinds", JSON, [env["LIST"]]);
    await call("JSON.stringify of a dotted key", JSON, [env["DOTTED"]]);
    await call("JSON.stringify of an inline table", JSON, [env["INLINE"]]);
    await call("Reflect.get of a quoted key", Reflect, [env, "quoted key"]);
    await call("JSON.stringify of what is not ASCII", JSON, [env["UNICODE"]]);
    await call("JSON.stringify of a table", JSON, [env["TABLE"]]);
    await call("JSON.stringify of a list of tables", JSON, [env["TABLES"]]);
  },
});
