// Words that a platform's API gives a meaning, so that a step with another of them is another step. Add to the list
// when an API knows more; a word that is just data does not belong here.

const words = new Set(
  [
    // KV, R2, queues, streams
    "text json arrayBuffer stream bytes byob v8 blob formData",
    "httpMetadata customMetadata Standard InfrequentAccess",
    // D1
    "first-primary first-unconstrained",
    // crypto
    "SHA-1 SHA-256 SHA-384 SHA-512 MD5 HMAC AES-GCM AES-CBC AES-CTR AES-KW PBKDF2 HKDF RSA-OAEP RSA-PSS",
    "RSASSA-PKCS1-v1_5 ECDSA ECDH Ed25519 X25519 raw jwk pkcs8 spki encrypt decrypt sign verify deriveKey deriveBits",
    // encodings, compression
    "utf-8 utf8 utf-16le latin1 windows-1252 ascii iso-8859-1 shift_jis gbk big5 euc-kr x-user-defined gzip deflate",
    "deflate-raw brotli",
    // methods, redirects
    "GET HEAD POST PUT PATCH DELETE OPTIONS CONNECT TRACE get head post put delete follow manual error",
    // durable objects
    "eu fedramp us wnam enam sam weur eeur apac oc afr me",
    // storage drivers' column kinds and workflow units
    "second minute hour day week month year seconds minutes hours days weeks months years",
    ". ..",
  ].flatMap((line) => line.split(" ")),
);

// Lengths (of keys, texts, lists) that some API limits, so that one more or less is another case.
const limits = [
  100, 128, 512, 1000, 1024, 2048, 4096, 8192, 10_000, 16_384, 100_000, 128_000, 131_072, 1_000_000,
  2_097_152, 26_214_400, 33_554_432,
];

/** Whether a length is one of the limits that platforms have, or right beside it. */
export function isNearLimit(length: number): boolean {
  return limits.some((limit) => Math.abs(length - limit) <= 1);
}

/** Whether a text is one of the words that platforms know. */
export function isWord(text: string): boolean {
  return words.has(text);
}
