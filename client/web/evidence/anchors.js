// Anchors: keys of stores, learnt from elsewhere than the evidence that they verify.

import { isDigest, isParty, isStore } from "./identifiers.js";

/** The anchor of keys that were given by hand. */
export function anchorOfKeys(keys) {
  const wrong = keys.find((key) => !isDigest(key));
  if (wrong !== undefined) {
    throw new Error(`A key id is 43 characters of base64url (a SHA-256 thumbprint); this is not one: ${wrong}`);
  }
  return { store: null, keys, source: "given with --store-key" };
}

/** The anchor of keys of the log, of witnesses or of stamps (`logKeys`, `witnessKeys`, `stampKeys`) that were given by hand. */
export const anchorOf = (kind, keys, option) => ({ store: null, keys: [], source: `given with ${option}`, [kind]: keys });

/**
 * The anchors of a trust file, `{"stores": [{"store", "keys", "service"?, "pinnedAt"?}]}`.
 * @param text The file's text.
 * @param sourceOf The source of an entry, as a clause.
 */
export function anchorsOf(text, sourceOf) {
  const { stores } = JSON.parse(text.replace(/^\ufeff/, ""));
  return stores.map((entry) => {
    if (!isParty(entry.store) || !isStore(entry.store) || entry.keys.length === 0 || !entry.keys.every(isDigest)) {
      throw new Error("It is not a trust file.");
    }
    const { store, keys, logKeys = [], stampKeys = [] } = entry;
    return { store, keys, logKeys, stampKeys, source: sourceOf(entry) };
  });
}

/** The source of an entry that a profile pinned itself. */
export const pinned = ({ service, pinnedAt }) =>
  service && pinnedAt ? `pinned on ${new Date(pinnedAt).toISOString()} at the login to ${service}` : "pinned by the profile";

/** The source of an entry that a demonstration left. */
export const demonstrated = ({ service, pinnedAt }) =>
  service && pinnedAt
    ? `shown on ${new Date(pinnedAt).toISOString()} by the demonstration that wrote ${service}`
    : "shown by a demonstration";
