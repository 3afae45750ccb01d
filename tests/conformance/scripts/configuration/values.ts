// What the kinds of `vars` become: JSON in the configuration, values in `env`.
// https://developers.cloudflare.com/workers/configuration/environment-variables/

import { script } from "../../script.ts";

const vars = {
  LARGE: 1e21,
  BEYOND: 2 ** 53 + 2,
  FRACTION: 0.1,
  NEGATIVE: -7.25,
  MINUS: -(2 ** 40),
  ZERO: 0,
  OFF: false,
  NONE: null,
  EMPTY_LIST: [],
  EMPTY_OBJECT: {},
  NESTED_LISTS: [[[]], [{}], [null]],
  LIST: [3, "1", false, 2.5],
  OBJECT: { z: 1, a: { "10": "ten", "9": "nine", deep: { list: [true, null] } } },
  ODD_NAMES: { "": "empty", "a.b": "dot", "a b": "space", ключ: "key", constructor: "own" },
  ACCENTS: "é à ü",
  KANJI: "漢字",
  EMOJI: "🧪 and text",
  LINES: "first\nsecond\tindented\r\n",
  CONTROL: "\u0000\u001b",
  QUOTES: `"double" 'single' \\back`,
  BLANK: " ",
  NOTHING: "",
  NUMERAL: "0042",
  WORD: "true",
  JSON_TEXT: '{"a":[1,2]}',
  TEMPLATE: "${OBJECT} $LIST",
  LONG: "x".repeat(5000),
  TIME: "2026-11-01T00:00:00.000Z",
};

type Env = { [Name in keyof typeof vars]: (typeof vars)[Name] };

export default script<Env>({
  id: "configuration-values",
  compatibilityDate: "2026-11-01",
  config: { vars },
  async run({ env, call, chain, note }) {
    await note(
      "kinds",
      Object.entries(env)
        .map(([name, value]) => [name, typeof value])
        .sort(),
    );

    await call("Number.isSafeInteger of one beyond", Number, [env.BEYOND]);
    await call("JSON.stringify of a large number", JSON, [env.LARGE]);
    await chain("FRACTION", env.FRACTION, ["toFixed", 20]);
    await chain("NEGATIVE", env.NEGATIVE, ["toPrecision", 3]);
    await call("Object.is", Object, [env.ZERO, 0]);
    await chain("MINUS", env.MINUS, ["toString", 36]);
    await call("Object.is of false", Object, [env.OFF, false]);
    await call("Object.is of null", Object, [env.NONE, null]);
    await call("JSON.stringify of no items", JSON, [env.EMPTY_LIST]);
    await call("Reflect.ownKeys of no members", Reflect, [env.EMPTY_OBJECT]);
    await call("JSON.stringify of lists in lists", JSON, [env.NESTED_LISTS]);
    await chain("LIST sorted", env.LIST, ["toSorted"], ["join", "|"]);
    await call("Object.entries", Object, [env.OBJECT]);
    await call("Reflect.ownKeys of odd names", Reflect, [env.ODD_NAMES]);
    await call("Object.hasOwn of constructor", Object, [env.ODD_NAMES, "constructor"]);

    await chain("ACCENTS", env.ACCENTS, ["normalize", "NFD"]);
    await chain("KANJI", env.KANJI, ["codePointAt", 1]);
    await chain("EMOJI", env.EMOJI, ["codePointAt", 0]);
    await chain("LINES", env.LINES, ["split", "\n"]);
    await call("JSON.stringify of control characters", JSON, [env.CONTROL]);
    await call("JSON.stringify of quotes", JSON, [env.QUOTES]);
    await call("JSON.stringify of a blank", JSON, [env.BLANK]);
    await call("Object.is of an empty text", Object, [env.NOTHING, ""]);
    await call("Number.parseInt", Number, [env.NUMERAL, 10]);
    await call("Object.is of a word", Object, [env.WORD, true]);
    await call("JSON.parse", JSON, [env.JSON_TEXT]);
    await call("JSON.stringify of references", JSON, [env.TEMPLATE]);
    await chain("LONG", env.LONG, ["lastIndexOf", "x"]);
    await call("Date.parse", Date, [env.TIME]);
  },
});
