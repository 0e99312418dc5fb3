// @ts-check
// An age v1 file with one scrypt stanza (docs/vault.md, "The object"), of the salt and the work factor that the code asks for, no others.

import { ascii, hmac, joined, latin1, same } from "../evidence/bytes.js";
import { randomOctets } from "../service/random.js";
import { Problem } from "../service/problem.js";

const chunkLength = 64 << 10;
const tagLength = 16;
const nonceLength = 16;

/** @typedef {import("./keys.js").VaultKeys} VaultKeys */
/** @typedef {(octets: Uint8Array) => Uint8Array} Change */
/** @typedef {(key: Uint8Array, nonce: Uint8Array) => { encrypt: Change, decrypt: Change }} Cipher */

/** @param {Uint8Array} payload @param {VaultKeys} keys @returns {Promise<Uint8Array<ArrayBuffer>>} */
export async function seal(payload, keys) {
  const cipher = await loadCipher();
  const [fileKey, nonce] = [randomOctets(16), randomOctets(nonceLength)];
  const body = cipher(keys.wrapKey, new Uint8Array(12)).encrypt(fileKey);
  const header = `${stanza(keys)}${base64(body)}\n---`;
  const key = await derive(fileKey, nonce, "payload");
  const chunks = [];
  for (let at = 0; at === 0 || at < payload.length; at += chunkLength) {
    const plain = payload.subarray(at, at + chunkLength);
    chunks.push(cipher(key, nonceOf(at / chunkLength, at + chunkLength >= payload.length)).encrypt(plain));
  }
  return joined(ascii(`${header} ${await macOf(header, fileKey)}\n`), nonce, ...chunks);
}

/**
 * @param {Uint8Array<ArrayBuffer>} object
 * @param {VaultKeys} keys
 * @returns {Promise<Uint8Array<ArrayBuffer>>} The payload, found genuine as a whole.
 * @throws {Problem} `age-header`, `age-hmac`, `age-no-match`, `age-payload`
 */
export async function open(object, keys) {
  const cipher = await loadCipher();
  const start = stanza(keys);
  const text = latin1(object.subarray(0, start.length + 43 + 5 + 43));
  const [, wrapped, mac] = /^([A-Za-z0-9+/]{43})\n--- ([A-Za-z0-9+/]{43})$/.exec(text.slice(start.length)) ?? refuse("age-header");
  if (!text.startsWith(start) || object[text.length] !== 10) {
    throw refused("age-header");
  }
  const fileKey = decrypted(cipher(keys.wrapKey, new Uint8Array(12)), unbase64(wrapped), "age-no-match");
  if ((await macOf(`${start}${wrapped}\n---`, fileKey)) !== mac) {
    throw refused("age-hmac");
  }
  const rest = object.subarray(text.length + 1);
  return openPayload(cipher, await derive(fileKey, rest.slice(0, nonceLength), "payload"), rest.subarray(nonceLength));
}

/** @param {Cipher} cipher @param {Uint8Array} key @param {Uint8Array} sealed */
function openPayload(cipher, key, sealed) {
  const length = chunkLength + tagLength;
  const chunks = [];
  for (let at = 0; at === 0 || at < sealed.length; at += length) {
    const isLast = at + length >= sealed.length;
    const plain = decrypted(cipher(key, nonceOf(at / length, isLast)), sealed.subarray(at, at + length), "age-payload");
    // Only an empty payload has an empty chunk.
    if (plain.length === 0 && at > 0) {
      throw refused("age-payload");
    }
    chunks.push(plain);
  }
  return joined(...chunks);
}

/** @param {ReturnType<Cipher>} cipher @param {Uint8Array} sealed @param {string} code */
function decrypted(cipher, sealed, code) {
  try {
    return cipher.decrypt(sealed);
  } catch {
    throw refused(code);
  }
}

/** @param {VaultKeys} keys */
const stanza = ({ salt, workFactor }) => `age-encryption.org/v1\n-> scrypt ${base64(salt)} ${workFactor}\n`;

/** @param {number} index @param {boolean} isLast */
function nonceOf(index, isLast) {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setUint32(7, index);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

/** @param {string} header @param {Uint8Array} fileKey */
const macOf = async (header, fileKey) => base64(await hmac(await derive(fileKey, new Uint8Array(0), "header"), ascii(header)));

/** @param {Uint8Array} fileKey @param {Uint8Array} salt @param {string} label */
async function derive(fileKey, salt, label) {
  const key = await crypto.subtle.importKey("raw", Uint8Array.from(fileKey), "HKDF", false, ["deriveBits"]);
  const parameters = { name: "HKDF", hash: "SHA-256", salt: Uint8Array.from(salt), info: ascii(label) };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, 256));
}

/** @returns {Promise<Cipher>} */
const loadCipher = async () => (await import(new URL("../vendor/noble-ciphers/chacha.js", import.meta.url).href)).chacha20poly1305;

/** Base64 without padding. @param {Uint8Array} octets */
const base64 = (octets) => btoa(latin1(octets)).replace(/=+$/, "");

// Of canonical base64 alone: other last bits would be another text of the same key.
/** @param {string} text */
function unbase64(text) {
  const octets = ascii(atob(text));
  return same(ascii(base64(octets)), ascii(text)) ? octets : refuse("age-header");
}

/** @param {string} code @returns {never} */
function refuse(code) {
  throw refused(code);
}

/** @param {string} code */
const refused = (code) => new Problem(code, "This is not the object of that code and password.");
