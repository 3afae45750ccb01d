// `.dev.vars` over `vars`: all of it is text, in dotenv's syntax, and nothing in it is a reference. `.env` is not read
// when there is a `.dev.vars`. https://developers.cloudflare.com/workers/local-development/environment-variables/

import { script } from "../../script.ts";

const devVars = String.raw`# a comment
BARE=bare text
SINGLE='single # kept'
DOUBLE="double\nescaped"
BACKTICK=${"`"}back "tick" 'quoted'${"`"}
LINES="first
second"
COMMENT=value # not this
GLUED=value#this
SPACED =  trimmed  
export EXPORTED=exported
YAML: colon
EMPTY=
QUOTED_EMPTY=''
INNER=it's "inner"
EQUALS=a=b==c
REFERENCE=$BARE and ${"${SINGLE}"}
ESCAPED=\$BARE
TWICE=first
TWICE=second
lower.case-name=odd
0DIGIT=leading
NUMBER=5
NULL=null
CRLF=windows${"\r"}
JSON={"a":1}
not a line
`;

export default script<Record<string, string>>({
  id: "configuration-dev-vars",
  compatibilityDate: "2026-11-01",
  config: {
    vars: { NUMBER: 1, BARE: "from vars", JSON: { b: 2 }, KEPT: [1], NULL: { none: true } },
  },
  files: {
    ".dev.vars": `${devVars}UNICODE=ünï→🧪\n`,
    ".dev.vars.staging": "BARE=of another environment\nSTAGING=1\n",
    ".env": "FROM_DOT_ENV=1\nKEPT=env\n",
  },
  async run({ env, call, chain, note }) {
    await note("names", Object.keys(env).sort());
    const text = (name: string): string => env[name] ?? `no ${name}`;
    await call("JSON.stringify of BARE", JSON, [text("BARE")]);
    await call("JSON.stringify of single quotes", JSON, [text("SINGLE")]);
    await call("JSON.stringify of double quotes", JSON, [text("DOUBLE")]);
    await call("JSON.stringify of backticks", JSON, [text("BACKTICK")]);
    await chain("LINES", text("LINES"), ["split", "\n", 2]);
    await chain("COMMENT", text("COMMENT"), ["startsWith", "value"], ["valueOf"]);
    await call("JSON.stringify of a glued hash", JSON, [text("GLUED")]);
    await chain("SPACED", text("SPACED"), ["padEnd", 9, "."]);
    await call("Reflect.get exported", Reflect, [env, "EXPORTED"]);
    await chain("YAML", text("YAML"), ["concat", "."]);
    await note("empty ones", [env["EMPTY"], env["QUOTED_EMPTY"]]);
    await call("JSON.stringify of quotes inside", JSON, [text("INNER")]);
    await call("JSON.stringify of equals signs", JSON, [text("EQUALS")]);
    await call("JSON.stringify of what looks like references", JSON, [text("REFERENCE")]);
    await call("JSON.stringify of an escaped dollar", JSON, [text("ESCAPED")]);
    await chain("TWICE", text("TWICE"), ["localeCompare", "second"]);
    await call("JSON.stringify of unicode", JSON, [text("UNICODE")]);
    await call("Reflect.get of an odd name", Reflect, [env, "lower.case-name"]);
    await call("Reflect.has of a leading digit", Reflect, [env, "0DIGIT"]);
    await call("JSON.parse of text over an object", JSON, [text("JSON")]);
    await chain("CRLF", text("CRLF"), ["charCodeAt", 7]);
    await note("text over a number", env["NUMBER"]);
    await note("text over null", env["NULL"]);
    await note("kept from vars", env["KEPT"]);
    await note("secrets are ordinary members", Object.getOwnPropertyDescriptor(env, "EXPORTED"));
  },
});
