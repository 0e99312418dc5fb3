// @ts-check
// What derives from a code and its password (docs/vault.md, "What derives from a code"). It runs in the worker: scrypt takes a while.

import { ascii, encode, joined, sha256, utf8 } from "../evidence/bytes.js";
import { Problem } from "../service/problem.js";

const mostPasswordOctets = 64 << 10;

/** The base-2 logarithm of scrypt's N. */
const workFactors = { P: 18, L: 10 };

/**
 * @typedef {{ id: string, salt: Uint8Array<ArrayBuffer>, workFactor: number, wrapKey: Uint8Array<ArrayBuffer>, auth: string,
 *   verifier: string }} VaultKeys `auth` proves to the service that the opener knows code and password; both texts are base64url.
 */

/**
 * @param {{ code: import("./code.js").VaultCode, password: string | null }} task
 * @returns {Promise<VaultKeys>}
 * @throws {Problem} `invalid-vault-password`
 */
export async function deriveKeys({ code, password }) {
  const { scrypt } = await import(new URL("../vendor/noble-hashes/scrypt.js", import.meta.url).href);
  const [id, salt] = [await fromSecret(code.secret, "id"), await fromSecret(code.secret, "salt")];
  const workFactor = workFactors[code.mode];
  const derived = scrypt(passphrase(code, password), joined(ascii("age-encryption.org/v1/scrypt"), salt), {
    N: 2 ** workFactor,
    r: 8,
    p: 1,
    dkLen: 64,
  });
  const auth = derived.slice(32);
  return { id: encode(id), salt, workFactor, wrapKey: derived.slice(0, 32), auth: encode(auth), verifier: encode(await sha256(auth)) };
}

/** @param {import("./code.js").VaultCode} code @param {string | null} password */
function passphrase({ mode, symbols }, password) {
  if (mode === "L") {
    return ascii(symbols);
  }
  const typed = utf8((password ?? "").normalize("NFC"));
  if (typed.length === 0 || typed.length > mostPasswordOctets) {
    throw new Problem("invalid-vault-password", `A password has 1 to ${mostPasswordOctets} octets.`);
  }
  return joined(ascii(`${symbols}.`), typed);
}

/** @param {Uint8Array<ArrayBuffer>} secret @param {string} label */
async function fromSecret(secret, label) {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const parameters = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: ascii(`fairshare.vault.v1 ${label}`) };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, 128));
}
