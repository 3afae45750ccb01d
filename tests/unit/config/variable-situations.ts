// Folders in which wrangler has to choose an environment and its variables.

import { config, environments, type Situation } from "./situations.ts";

const withConfig = (files: Readonly<Record<string, string>>, more: object = {}) => ({
  "wrangler.jsonc": config(more),
  ...files,
});
const dotEnvs = {
  ".env": "A=env\nB=env\nC=env\nD=env",
  ".env.local": "B=local\nC=local\nD=local",
  ".env.staging": "C=staging\nD=staging",
  ".env.staging.local": "D=staging local",
};
const required = { secrets: { required: ["S", "T"] } };

export const choosing: readonly Situation[] = [
  { title: "vars only", files: withConfig({}) },
  { title: "no such environment and no others", files: withConfig({}), env: "staging" },
  { title: "no such environment of several", files: withConfig({}, environments), env: "nope" },
  { title: "an empty env", files: withConfig({}, { env: {} }), env: "staging" },
  {
    title: "a pages project without that environment",
    files: withConfig({}, { pages_build_output_dir: "out", ...environments }),
    env: "nope",
  },
  {
    title: "CLOUDFLARE_ENV",
    files: withConfig({}, environments),
    processEnv: { CLOUDFLARE_ENV: "staging" },
  },
  {
    title: "an environment given beside CLOUDFLARE_ENV",
    files: withConfig({}, environments),
    env: "staging",
    processEnv: { CLOUDFLARE_ENV: "nope" },
  },
  {
    title: "the empty environment beside CLOUDFLARE_ENV",
    files: withConfig({}, environments),
    env: "",
    processEnv: { CLOUDFLARE_ENV: "staging" },
  },
  {
    title: "an environment of nothing",
    files: withConfig({}, { env: { staging: {} } }),
    env: "staging",
  },
  {
    title: "a name of its own",
    files: withConfig({}, { env: { staging: { name: "own" } } }),
    env: "staging",
  },
  {
    title: "null inherits",
    files: withConfig(
      {},
      { triggers: { crons: ["* * * * *"] }, env: { staging: { triggers: null } } },
    ),
    env: "staging",
  },
  {
    title: "an empty account inherits",
    files: withConfig({}, { account_id: "a", env: { staging: { account_id: "" } } }),
    env: "staging",
  },
  { title: ".dev.vars", files: withConfig({ ".dev.vars": "A=dev\nB=dev" }) },
  {
    title: ".dev.vars and the environment",
    files: withConfig({ ".dev.vars": "A=dev\nB=dev" }, environments),
    env: "staging",
  },
  {
    title: ".dev.vars of the environment replaces",
    files: withConfig({ ".dev.vars": "A=dev\nB=dev", ".dev.vars.staging": "A=own" }, environments),
    env: "staging",
  },
  {
    title: ".dev.vars of another environment",
    files: withConfig({ ".dev.vars.staging": "A=own" }),
  },
  { title: "an empty .dev.vars", files: withConfig({ ".dev.vars": "", ".env": "A=env" }) },
  { title: ".dev.vars hides .env", files: withConfig({ ".dev.vars": "B=dev", ...dotEnvs }) },
  { title: ".env files", files: withConfig(dotEnvs) },
  {
    title: ".env files of an environment",
    files: withConfig(dotEnvs, environments),
    env: "staging",
  },
  {
    title: ".env switched off",
    files: withConfig(dotEnvs),
    processEnv: { CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV: "false" },
  },
  {
    title: ".env switched on in capitals",
    files: withConfig(dotEnvs),
    processEnv: { CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV: "TRUE" },
  },
  {
    title: "a switch that is neither",
    files: withConfig(dotEnvs),
    processEnv: { CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV: "1" },
  },
  { title: "a folder named .env", files: withConfig({ ".env/x": "", ".env.local": "A=local" }) },
  {
    title: "the process's environment included",
    files: withConfig({ ".env": "A=env\nB=env" }),
    processEnv: { CLOUDFLARE_INCLUDE_PROCESS_ENV: "true", B: "process", P: "process" },
  },
  {
    title: "the process's environment included without files",
    files: withConfig({}),
    processEnv: { CLOUDFLARE_INCLUDE_PROCESS_ENV: "true", P: "process" },
  },
  {
    title: "the process's environment beside .dev.vars",
    files: withConfig({ ".dev.vars": "A=dev" }),
    processEnv: { CLOUDFLARE_INCLUDE_PROCESS_ENV: "true", P: "process" },
  },
  {
    title: "required secrets take nothing else",
    files: withConfig({ ".dev.vars": "A=dev\nS=s\nX=x" }, required),
  },
  {
    title: "required secrets from the process",
    files: withConfig({}, required),
    processEnv: { S: "process", X: "x" },
  },
  {
    title: "required secrets from .env and the process",
    files: withConfig({ ".env": "S=env\nA=env\nX=x" }, required),
    processEnv: { T: "process", S: "process" },
  },
  {
    title: "an empty list of required secrets",
    files: withConfig({ ".dev.vars": "A=dev\nX=x" }, { secrets: {} }),
  },
  {
    title: "a required secret that is a variable",
    files: withConfig({}, { secrets: { required: ["A"] } }),
  },
  {
    title: "secrets are not inherited",
    files: withConfig({ ".dev.vars": "A=dev\nS=s\nX=x" }, { ...required, env: { staging: {} } }),
    env: "staging",
  },
];

const dotenv = (text: string, name: string): Situation => ({
  title: `${name}: ${JSON.stringify(text)}`,
  files: withConfig({ [name]: text }),
});

export const parsing: readonly Situation[] = [
  ...[
    "A=1",
    "A = 1 \n\tB=2",
    "export A=1",
    "A: 1",
    "A=",
    "A",
    "=1",
    "# c\nA=1 # comment\nB=a#b\nC='#c'",
    "A='single $B'\nB=\"double\\nline\\ttab\"\nC=`back'\"tick`",
    'A="a\nb\nc"',
    "A='a\nb'",
    "A=it's\nB=\"x",
    "A=1\r\nB=2\r\n",
    "A=1\rB=2",
    'A="it\'s"',
    "A='say \"hi\"'",
    "A=  spaced out  ",
    "A.b-c=1\nÜ=2",
    "A=1\nA=2",
    "A=a\\nb",
    "A=ü",
    "\ufeffA=1",
    "A='' \nB=\"\"",
    "A=a=b",
    "A=x y 'z'",
  ].map((text) => dotenv(text, ".dev.vars")),
  ...[
    "A=1\nB=$A",
    "A=1\nB=${A}2",
    "B=$MISSING-x",
    "B=${MISSING:-fallback}",
    "B=${MISSING-fallback}",
    "A=\nB=${A:-fallback}",
    "B=\\$A\nA=1",
    "A='$HOME'",
    "A=$A",
    "A=$B\nB=$A",
    "A=1\nB=${A",
    "A=a$",
    "A=1\nB=${A}${A}",
    'A="line\\n$B"\nB=2',
  ].map((text) => dotenv(text, ".env")),
];
