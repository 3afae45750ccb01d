// The keys of a wrangler configuration and how an environment gets them, as wrangler 4.164 has it.
// https://developers.cloudflare.com/workers/wrangler/configuration/#inheritable-keys

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** An environment takes these from the top level unless it has its own. */
export const INHERITABLE = words(`
  name main account_id compatibility_date compatibility_flags find_additional_modules
  preserve_file_names base_dir workers_dev preview_urls route routes tsconfig jsx_factory jsx_fragment
  migrations exports triggers limits rules build no_bundle minify keep_names first_party_worker logpush
  upload_source_maps placement assets observability access cache compliance_region python_modules
  previews logfwdr`);

/** Lists of bindings; an environment has to repeat them. */
export const BINDING_LISTS = words(`
  workflows kv_namespaces send_email connect r2_buckets d1_databases vectorize ai_search_namespaces
  ai_search agent_memory hyperdrive services analytics_engine_datasets dispatch_namespaces
  mtls_certificates tail_consumers streaming_tail_consumers pipelines k2 secrets_store_secrets
  artifacts unsafe_hello_world flagship worker_loaders ratelimits vpc_services vpc_networks containers`);

/** Bindings of which a worker has one; an environment has to repeat them. */
export const SINGLE_BINDINGS = words(`browser analytics ai images stream media version_metadata`);

/** Everything that an environment has to repeat. */
export const NOT_INHERITABLE = [
  ...BINDING_LISTS,
  ...SINGLE_BINDINGS,
  ...words(`vars secrets define durable_objects queues cloudchamber unsafe`),
];

/** Read at the top level only; every environment has them. */
export const TOP_LEVEL = words(`
  alias site dev wasm_modules text_blobs data_blobs keep_vars addresses send_metrics
  dependencies_instrumentation pages_build_output_dir`);

/** Keys of the file itself. */
export const FILE_KEYS = words(`env $schema topLevelName definedEnvironments targetEnvironment
  configPath userConfigPath legacy_env`);
