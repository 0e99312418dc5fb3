// @ts-check
// Public keys, as the service shows them: of parties and of the store.

import { findCertificate } from "../evidence/key-records.js";

/** @typedef {Map<string, any>} Keys */

/** A key's members in the order that a bundle has them. @param {any} key */
export function inForm({ kid, party, kind, jwk, notBefore, notAfter, retiredAt, certificate, retirement }) {
  const { crv, kty, x, y } = jwk;
  const form = { kid, party, kind, jwk: { crv, kty, x, y }, notBefore, notAfter, retiredAt, certificate, retirement };
  return Object.fromEntries(Object.entries(form).filter(([, value]) => value !== undefined && value !== null));
}

/** Keys that the page has seen. */
export class Directory {
  /** @type {Keys} */
  #known = new Map();
  #api;

  /** @param {import("../service/api.js").Api} api @param {any} service The discovery document. */
  constructor(api, service) {
    this.#api = api;
    const store = { party: service.ttp, kind: "kms" };
    this.#take(service.keys.map((/** @type {any} */ key) => ({ ...store, ...key })));
  }

  /** The keys of a party, retired ones included. @param {string} party @returns {Promise<any[]>} */
  async keysOf(party) {
    const { keys } = await this.#api.get(`/parties/${encodeURIComponent(party)}/keys`);
    const own = keys.filter((/** @type {any} */ key) => key.party === party);
    this.#take(own);
    return own;
  }

  /** All keys by their thumbprints, with more that came with evidence. @param {any[]} more @returns {Keys} */
  with(more) {
    const keys = new Map(this.#known);
    for (const key of more.map(inForm)) {
      keys.set(/** @type {string} */ (key.kid), key);
    }
    return keys;
  }

  /** What a party's certificates tell: an address that was verified, or a name that was not; null where they tell nothing. @param {string} party */
  async nameOf(party) {
    const known = [...this.#known.values()].filter((key) => key.party === party);
    for (const key of known.length > 0 ? known : await this.keysOf(party)) {
      const told = key.certificate === undefined ? null : await findCertificate(key.certificate);
      if (told?.email !== undefined || told?.name !== undefined) {
        return told.email ?? `“${told.name}”`;
      }
    }
    return null;
  }

  /** @param {any[]} keys */
  #take(keys) {
    for (const key of keys.map(inForm)) {
      this.#known.set(/** @type {string} */ (key.kid), key);
    }
  }
}
