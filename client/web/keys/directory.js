// @ts-check
// Public keys, as the service shows them: of parties and of the store.

import { checkKey, findCertificate } from "../evidence/key-records.js";
import { readKeys } from "../evidence/keys.js";
import { listAll } from "../service/api.js";
import { Problem } from "../service/problem.js";

/** @typedef {Map<string, any>} Keys */

/** A key's members in the order that a bundle has them. @param {any} key */
export function inForm({ kid, party, kind, jwk, notBefore, notAfter, retiredAt, certificate, retirement }) {
  const { crv, kty, x, y } = Object(jwk);
  const form = { kid, party, kind, jwk: { crv, kty, x, y }, notBefore, notAfter, retiredAt, certificate, retirement };
  return Object.fromEntries(Object.entries(form).filter(([, value]) => value !== undefined && value !== null));
}

/**
 * Keys as a bundle lists them.
 * @param {any[]} views As the service shows them.
 * @returns {Promise<{ text: string, keys: Keys | null }>} Null where one is no key, or has another thumbprint.
 */
export async function listKeys(views) {
  const ordered = views.map(inForm).sort((left, right) => (String(left.kid) < String(right.kid) ? -1 : 1));
  const text = JSON.stringify({ keys: ordered });
  return { text, keys: await readKeys(text) };
}

/** @param {any[]} views @returns {Promise<Keys>} */
async function requireKeys(views) {
  const { keys } = await listKeys(views);
  if (keys === null) {
    throw new Problem("evidence-refused", "The service gave keys that are none.");
  }
  return keys;
}

/** Keys that the page has seen. */
export class Directory {
  /** @type {Keys} */
  #known = new Map();
  /** @type {Keys} The store's, of which each is pinned. */
  #store;
  #api;

  /** @param {import("../service/api.js").Api} api @param {any} service The discovery document. */
  constructor(api, service) {
    this.#api = api;
    const store = { party: service.ttp, kind: "kms" };
    this.#store = new Map(service.keys.map((/** @type {any} */ key) => [key.kid, inForm({ ...key, ...store })]));
  }

  /** The keys of a party, retired ones included. @param {string} party @returns {Promise<any[]>} */
  async keysOf(party) {
    const keys = await listAll(this.#api, `/parties/${encodeURIComponent(party)}/keys`, "keys");
    const own = keys.filter((/** @type {any} */ key) => key.party === party);
    for (const [kid, key] of await requireKeys(own)) {
      this.#known.set(kid, key);
    }
    return own;
  }

  /**
   * All keys by their thumbprints, with more that came with evidence; the pinned ones stay as they are.
   * @param {any[]} more @returns {Promise<Keys>}
   */
  async with(more) {
    return new Map([...this.#known, ...(await requireKeys(more)), ...this.#store]);
  }

  /**
   * What a party's certificates tell: an address that was verified, or a name that was not; null where they tell nothing, and where the
   * pinned store did not seal them.
   * @param {string} party
   */
  async nameOf(party) {
    const known = [...this.#known.values()].filter((key) => key.party === party);
    for (const key of known.length > 0 ? known : await this.keysOf(party)) {
      const told = await this.#certificateOf(key);
      if (told?.email !== undefined || told?.name !== undefined) {
        return told.email ?? `“${told.name}”`;
      }
    }
    return null;
  }

  /** @param {any} key @returns {Promise<any>} */
  async #certificateOf(key) {
    const checks = await checkKey(inForm(key), this.#store);
    return key.certificate && checks.every(({ passed }) => passed) ? findCertificate(key.certificate) : null;
  }
}
