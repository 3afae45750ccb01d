// Folders in which wrangler has a decision to make: which file, which environment, which variables.

import type { ReaderCase } from "./wrangler-reader.ts";

export interface Situation extends Pick<ReaderCase, "env" | "processEnv"> {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  /** The folder to start from; the top one if absent. */
  readonly start?: string;
}

export const config = (more: object = {}) =>
  JSON.stringify({ name: "w", vars: { A: "vars", N: 1, O: { x: [1] } }, ...more });
export const environments = { env: { staging: { vars: { A: "staging" } } } };
const redirect = '{ "configPath": "../../dist/wrangler.json" }';

export const finding: readonly Situation[] = [
  { title: "toml alone", files: { "wrangler.toml": 'name = "t"' } },
  {
    title: "json before jsonc",
    files: { "wrangler.json": '{"name":"j"}', "wrangler.jsonc": '{"name":"c"}' },
  },
  {
    title: "jsonc before toml",
    files: { "wrangler.toml": 'name = "t"', "wrangler.jsonc": '{"name":"c"}' },
  },
  {
    title: "json far above before toml close by",
    files: { "wrangler.json": '{"name":"far"}', "a/b/wrangler.toml": 'name = "near"' },
    start: "a/b",
  },
  {
    title: "the nearest of one name",
    files: { "wrangler.toml": 'name = "far"', "a/wrangler.toml": 'name = "near"', "a/b/x": "" },
    start: "a/b",
  },
  {
    title: "a folder of that name is passed over",
    files: { "wrangler.toml": 'name = "t"', "wrangler.json/x": "" },
  },
  { title: "a byte order mark", files: { "wrangler.toml": '\ufeffname = "t"' } },
  { title: "an empty jsonc", files: { "wrangler.jsonc": "" } },
  { title: "an empty toml", files: { "wrangler.toml": "" } },
  {
    title: "comments and trailing commas",
    files: {
      "wrangler.json": '{ "name": "c", /* "name": "d", */ // x\n "vars": { "A": "//", }, }',
    },
  },
  { title: "text after the end", files: { "wrangler.jsonc": '{ "name": "c" } }' } },
  { title: "single quotes", files: { "wrangler.jsonc": "{ 'name': 'c' }" } },
  {
    title: "a number that is none",
    files: { "wrangler.jsonc": '{ "limits": { "cpu_ms": 0x10 } }' },
  },
  { title: "one key twice", files: { "wrangler.jsonc": '{ "name": "a", "name": "b" }' } },
  { title: "one key twice in toml", files: { "wrangler.toml": 'name = "a"\nname = "b"' } },
  { title: "a toml date as a variable", files: { "wrangler.toml": "[vars]\nD = 2026-01-01" } },
  {
    title: "a toml date as the compatibility date",
    files: { "wrangler.toml": "compatibility_date = 2026-01-01" },
  },
  {
    title: "toml floats and escapes",
    files: {
      "wrangler.toml":
        'name = "t"\n[vars]\nF = 1.5\nE = "\\u00fc\\n"\nL = \'a\\b\'\nM = """\na\nb"""',
    },
  },
];

export const redirecting: readonly Situation[] = [
  {
    title: "a redirect beside the configuration",
    files: {
      "wrangler.json": config(),
      ".wrangler/deploy/config.json": redirect,
      "dist/wrangler.json": '{"name":"built","main":"index.js"}',
    },
  },
  {
    title: "variables lie beside the user's file",
    files: {
      "wrangler.json": config(),
      ".dev.vars": "A=user",
      ".wrangler/deploy/config.json": redirect,
      "dist/wrangler.json": '{"name":"built","vars":{"A":"x"}}',
      "dist/.dev.vars": "A=dist",
    },
  },
  {
    title: "a redirect without a user's file",
    files: { ".wrangler/deploy/config.json": redirect, "dist/wrangler.json": '{"name":"built"}' },
  },
  {
    title: "a redirect in another folder",
    files: {
      "a/wrangler.json": config(),
      ".wrangler/deploy/config.json": redirect,
      "dist/wrangler.json": "{}",
    },
    start: "a",
  },
  {
    title: "a redirect to nothing",
    files: { "wrangler.json": config(), ".wrangler/deploy/config.json": redirect },
  },
  {
    title: "a redirect without a path",
    files: { "wrangler.json": config(), ".wrangler/deploy/config.json": "{}" },
  },
  {
    title: "a broken redirect",
    files: { "wrangler.json": config(), ".wrangler/deploy/config.json": "{" },
  },
  {
    title: "environments in a built configuration",
    files: {
      "wrangler.json": config(),
      ".wrangler/deploy/config.json": redirect,
      "dist/wrangler.json": '{"env":{"a":{}}}',
    },
  },
  ...["staging", "production"].map((env) => ({
    title: `built for staging, asked for ${env}`,
    env,
    files: {
      "wrangler.json": config(environments),
      ".wrangler/deploy/config.json": redirect,
      "dist/wrangler.json": '{"name":"b","targetEnvironment":"staging"}',
    },
  })),
  {
    title: "legacy_env in a built configuration",
    files: {
      "wrangler.json": config(),
      ".wrangler/deploy/config.json": redirect,
      "dist/wrangler.json": '{"name":"b","legacy_env":true}',
    },
  },
];
