// @ts-check
// The party's own key: made here, never extractable, registered with the service.

import { encode, utf8 } from "../evidence/bytes.js";
import { web } from "../evidence/key-records.js";
import { thumbprint } from "../evidence/keys.js";
import { inputOf } from "../evidence/token.js";

/** @typedef {{ crv: string, kty: string, x: string, y: string }} PublicJwk */
/** @typedef {{ kid: string, party: string, jwk: PublicJwk, privateKey: CryptoKey, madeAt: string }} PartyKey */

const algorithm = { name: "ECDSA", namedCurve: "P-256" };

/**
 * Makes a key, keeps it, and registers it; a key that was made and not registered is registered instead.
 * @param {{ api: import("../service/api.js").Api, database: import("../service/database.js").Database, party: string }} page
 * @param {{ discloseEmail: boolean, name: string }} identity What the certificate tells.
 */
export async function registerKey({ api, database, party }, { discloseEmail, name }) {
  await navigator.storage?.persist?.().catch(() => false);
  const waiting = (await keysOfParty(database, party)).find((key) => !key.registered);
  const key = waiting ?? (await makeKey(party));
  await database.put("keys", key);
  const { nonce } = await api.post("/keys/nonces");
  const proof = await sign(key, "KeyPossession", JSON.stringify({ party, nonce, kid: key.kid, made: web }));
  const told = { ...(discloseEmail ? { discloseEmail } : {}), ...(name === "" ? {} : { name }) };
  const view = await api.post("/keys", { kind: "self", jwk: key.jwk, nonce, proof, ...told });
  await database.put("keys", { ...key, registered: true });
  return view;
}

/** The keys of a party that this browser has, the newest first. @param {import("../service/database.js").Database} database @param {string} party @returns {Promise<any[]>} */
export async function keysOfParty(database, party) {
  const keys = (await database.all("keys")).filter((key) => key.party === party);
  return keys.sort((left, right) => (left.madeAt < right.madeAt ? 1 : -1));
}

/** Signs a payload: a compact JWS. @param {PartyKey} key @param {string} typ @param {string} payload */
export async function sign(key, typ, payload) {
  const input = inputOf(typ, key.kid, payload);
  const octets = /** @type {Uint8Array<ArrayBuffer>} */ (utf8(input));
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key.privateKey, octets);
  return `${input}.${encode(new Uint8Array(signature))}`;
}

/** @param {string} party */
async function makeKey(party) {
  const pair = await crypto.subtle.generateKey(algorithm, false, ["sign"]);
  const { x, y } = await crypto.subtle.exportKey("jwk", pair.publicKey);
  const jwk = { crv: "P-256", kty: "EC", x: x ?? "", y: y ?? "" };
  const kid = await thumbprint(jwk);
  return { kid, party, jwk, privateKey: pair.privateKey, madeAt: new Date().toISOString(), registered: false };
}
