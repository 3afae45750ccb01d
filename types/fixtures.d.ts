// `bunflare/fixtures`: nothing yet.

export {};
