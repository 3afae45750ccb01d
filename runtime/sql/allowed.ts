// What users' SQL may name: functions, pragmas and virtual table modules, as found by trying all of them on workerd.

function names(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}

/** Functions that may be called, in lower case. */
export const FUNCTIONS = names(`
  -> ->> abs acos acosh asin asinh atan atan2 atanh avg bm25 ceil changes char coalesce concat concat_ws cos cosh count
  cume_dist current_date current_time current_timestamp date datetime degrees dense_rank exp first_value floor format
  glob group_concat hex highlight ifnull iif instr json json_array json_array_length json_each json_extract
  json_group_array json_group_object json_insert json_object json_patch json_quote json_remove json_replace json_set
  json_tree json_type json_valid jsonb jsonb_array jsonb_extract jsonb_group_array jsonb_group_object jsonb_insert
  jsonb_object jsonb_patch jsonb_remove jsonb_replace jsonb_set julianday lag last_insert_rowid last_value lead length
  like likelihood likely ln load_extension log log2 lower ltrim match max min mod nth_value ntile nullif octet_length
  percent_rank pi pow printf quote radians random randomblob rank replace round row_number rtreecheck rtrim sign sin
  sinh snippet sqlite_drop_column sqlite_rename_column sqlite_rename_quotefix sqlite_rename_table sqlite_rename_test
  sqrt strftime string_agg substr substring sum tan tanh time timediff total total_changes trim trunc typeof unhex
  unicode unixepoch unlikely upper zeroblob
`);

/** Functions that this SQLite has and workerd's has not, in lower case: they must look absent. */
export const ABSENT_FUNCTIONS = names(`
  fts3_tokenizer geopoly_area geopoly_bbox geopoly_blob geopoly_ccw geopoly_contains_point geopoly_debug
  geopoly_group_bbox geopoly_json geopoly_overlap geopoly_regular geopoly_svg geopoly_within geopoly_xform matchinfo
  median offsets optimize percentile percentile_cont percentile_disc
`);

/** Virtual table modules that may be created. */
export const MODULES = names("fts5 fts5vocab rtree rtree_i32");

/** What a pragma's argument may be: none, a boolean (or none), a name of a table or index, or a name that may lack. */
export type PragmaArgument = "none" | "boolean" | "name" | "optional name" | "mask";

/** Pragmas that may be used, in lower case. */
export const PRAGMAS: ReadonlyMap<string, PragmaArgument> = new Map<string, PragmaArgument>([
  ["case_sensitive_like", "boolean"],
  ["data_version", "none"],
  ["defer_foreign_keys", "boolean"],
  ["foreign_key_check", "optional name"],
  ["foreign_key_list", "name"],
  ["foreign_keys", "boolean"],
  ["ignore_check_constraints", "boolean"],
  ["index_info", "name"],
  ["index_list", "name"],
  ["index_xinfo", "name"],
  ["legacy_alter_table", "boolean"],
  ["optimize", "mask"],
  ["page_size", "none"],
  ["quick_check", "optional name"],
  ["recursive_triggers", "boolean"],
  ["reverse_unordered_selects", "boolean"],
  ["table_info", "name"],
  ["table_list", "optional name"],
  ["table_xinfo", "name"],
]);
