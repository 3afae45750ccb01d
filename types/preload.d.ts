// `preload = ["bunflare/preload"]` in bunfig.toml: it has no exports.

export {};
