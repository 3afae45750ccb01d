// The keys of a wrangler configuration, how an environment gets them, and what kind of value they
// hold, as wrangler 4.164 has them. Text, because most files use a handful of keys and an object of
// all would be built for each of them.
// https://developers.cloudflare.com/workers/wrangler/configuration/#inheritable-keys

/**
 * - `inherited`: an environment takes it from the top level unless it has its own;
 * - `repeated`: an environment has to repeat it;
 * - `top`: read at the top level only, every environment has it;
 * - `file`: about the file itself, no environment has it.
 */
export type Inheritance = "inherited" | "repeated" | "top" | "file";

/** What kind of value a key holds; validate.ts says what that means. */
export type Kind =
  | "name"
  | "variables"
  | "string"
  | "boolean"
  | "strings"
  | "table"
  | "tables"
  | "stringTable"
  | "bindings"
  | "any"
  | "special"
  | "removed";

const TABLE = `
name inherited name
main inherited string
account_id inherited string
compatibility_date inherited any
compatibility_flags inherited any
find_additional_modules inherited boolean
preserve_file_names inherited boolean
base_dir inherited string
workers_dev inherited boolean
preview_urls inherited boolean
route inherited special
routes inherited special
tsconfig inherited string
jsx_factory inherited string
jsx_fragment inherited string
migrations inherited special
exports inherited special
triggers inherited special
limits inherited special
rules inherited special
build inherited special
no_bundle inherited boolean
minify inherited boolean
keep_names inherited boolean
first_party_worker inherited boolean
logpush inherited boolean
upload_source_maps inherited boolean
placement inherited table
assets inherited table
observability inherited table
access inherited table
cache inherited table
compliance_region inherited special
python_modules inherited table
previews inherited table
logfwdr inherited bindings
vars repeated variables
secrets repeated special
define repeated stringTable
durable_objects repeated bindings
queues repeated special
unsafe repeated bindings
cloudchamber repeated table
workflows repeated tables
kv_namespaces repeated tables
send_email repeated tables
connect repeated tables
r2_buckets repeated tables
d1_databases repeated tables
vectorize repeated tables
ai_search_namespaces repeated tables
ai_search repeated tables
agent_memory repeated tables
hyperdrive repeated tables
services repeated tables
analytics_engine_datasets repeated tables
dispatch_namespaces repeated tables
mtls_certificates repeated tables
tail_consumers repeated tables
streaming_tail_consumers repeated tables
pipelines repeated tables
k2 repeated tables
secrets_store_secrets repeated tables
artifacts repeated tables
unsafe_hello_world repeated tables
flagship repeated tables
worker_loaders repeated tables
ratelimits repeated tables
vpc_services repeated tables
vpc_networks repeated tables
containers repeated tables
browser repeated table
analytics repeated table
ai repeated table
images repeated table
stream repeated table
media repeated table
version_metadata repeated table
alias top stringTable
site top special
dev top any
wasm_modules top stringTable
text_blobs top stringTable
data_blobs top stringTable
keep_vars top boolean
addresses top strings
send_metrics top boolean
dependencies_instrumentation top table
pages_build_output_dir top string
env file any
$schema file string
topLevelName file any
definedEnvironments file any
targetEnvironment file any
configPath file any
userConfigPath file any
node_compat file removed
legacy_env file removed
`;

/** What kind of value a key holds; undefined for a key that wrangler does not have. */
export function kindOf(key: string): Kind | undefined {
  const at = TABLE.indexOf(`\n${key} `);
  if (at === -1) return undefined;
  const end = TABLE.indexOf("\n", at + 1);
  return TABLE.slice(TABLE.lastIndexOf(" ", end) + 1, end) as Kind;
}

/** The keys that an environment gets in one way; all keys when none is named. */
export function keysThatAre(inheritance?: Inheritance): string[] {
  const lines = TABLE.trim().split("\n");
  const chosen = lines.filter(
    (line) => inheritance === undefined || line.includes(` ${inheritance} `),
  );
  return chosen.map((line) => line.slice(0, line.indexOf(" ")));
}
