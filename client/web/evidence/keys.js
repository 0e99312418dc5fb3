// Public keys: points on P-256, and whose they are.

import { decode, hashOf, utf8 } from "./bytes.js";
import { isDigest, isHolder, isParty, isTime, time } from "./identifiers.js";

// FIPS 186-4, section D.1.2.3.
const prime = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const coefficient = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

/** The JWK's one form, whose hash is the thumbprint (RFC 7638). */
const canonical = ({ x, y }) => JSON.stringify({ crv: "P-256", kty: "EC", x, y });

/** The thumbprint of a key. */
export const thumbprint = (jwk) => hashOf(utf8(canonical(jwk)));

/** Whether the members are a point of the curve. */
export function isPoint({ x, y }) {
  if (!isDigest(x) || !isDigest(y)) {
    return false;
  }
  const [left, right] = [number(x), number(y)];
  return left < prime && right < prime && (right * right - (left * left * left - 3n * left + coefficient)) % prime === 0n;
}

const number = (text) => [...decode(text)].reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);

/** Whether a signature of 64 octets R‖S is the key's over the octets (ES256). */
export async function verify(jwk, octets, signature) {
  const raw = Uint8Array.from([4, ...decode(jwk.x), ...decode(jwk.y)]);
  const key = await crypto.subtle.importKey("raw", raw, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
  return crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, signature, octets);
}

/** Whether a key may sign within `skew` milliseconds of an instant. */
export const isValidAt = (key, at, skew) =>
  time(key.notBefore) - at <= skew &&
  at - time(key.notAfter) < skew &&
  (key.retiredAt === undefined || at - time(key.retiredAt) < skew);

/**
 * Reads a `keys.json`.
 * @param {string} text
 * @returns {Promise<Map<string, any> | null>} The keys by their thumbprints; null when the text is not such a list in its one form.
 */
export async function readKeys(text) {
  const list = parse(text);
  if (!Array.isArray(list?.keys) || JSON.stringify({ keys: list.keys.map(form) }) !== text) {
    return null;
  }
  const keys = new Map();
  let last = "";
  for (const key of list.keys) {
    if (!isKey(key) || (await thumbprint(key.jwk)) !== key.kid || key.kid <= last) {
      return null;
    }
    keys.set(key.kid, key);
    last = key.kid;
  }
  return keys;
}

function form(key) {
  const { kid, party, kind, jwk, notBefore, notAfter, retiredAt, certificate, retirement } = Object(key);
  const { crv, kty, x, y } = Object(jwk);
  return { kid, party, kind, jwk: { crv, kty, x, y }, notBefore, notAfter, retiredAt, certificate, retirement };
}

const isKey = ({ kid, party, kind, jwk, notBefore, notAfter, retiredAt, certificate, retirement }) =>
  isDigest(kid) &&
  typeof party === "string" &&
  isParty(party) &&
  isHolder(kind) &&
  jwk.crv === "P-256" &&
  jwk.kty === "EC" &&
  isPoint(jwk) &&
  isTime(notBefore) &&
  isTime(notAfter) &&
  (retiredAt === undefined || isTime(retiredAt)) &&
  [certificate, retirement].every((record) => record === undefined || (typeof record === "string" && /^[A-Za-z0-9._-]*$/.test(record)));

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
