// Who vouches for the store: every seal must be of a key that is known from elsewhere than the evidence.

import { parseRecord } from "./key-records.js";
import { parse, trim } from "./token.js";

const sealed = ["challenge", "release", "record", "receipt"];

/**
 * Checks every seal.
 * @param {string} store Its id.
 * @param {any[]} anchors `{ store, keys, source }`, where `store` may be null.
 * @param {Record<string, string>} tokens The texts by their names.
 * @param {Map<string, any>} keys Those whose certificates and retirements are checked, too.
 * @param {import("./history.js").History} history The store's own keys one after the other.
 * @param {any[]} checks What was checked is added.
 * @returns {Promise<any>} The anchor that is believed; null when none speaks of the store.
 */
export async function checkStore(store, anchors, tokens, keys, history, checks) {
  const candidates = anchors.filter(({ keys, store: named }) => keys.length > 0 && (named === null || named === store));
  if (candidates.length === 0) {
    return null;
  }
  let believed = null;
  for (const kid of await sealingKeys(tokens, keys)) {
    const known = (anchor) => anchor.keys.find((key) => history.leads(key, kid));
    const vouching = candidates.find((anchor) => anchor.keys.includes(kid)) ?? candidates.find(known) ?? null;
    believed ??= vouching;
    const sources = candidates.map((anchor) => anchor.source).join(", or ");
    const through = vouching?.keys.includes(kid) ? "" : `of one history with ${vouching && known(vouching)}, `;
    const detail = vouching ? `${kid}, ${through}${vouching.source}` : `sealed with ${kid}, which is not the key ${sources}`;
    checks.push({ name: "store.key", passed: vouching !== null, detail });
  }
  return believed ?? candidates[0];
}

async function sealingKeys(tokens, certified) {
  const keys = new Set();
  for (const name of sealed) {
    try {
      keys.add((await parse(trim(tokens[name] ?? ""))).kid);
    } catch {
      // What is no token has failed its own check.
    }
  }
  for (const { certificate, retirement } of certified.values()) {
    for (const record of [certificate, retirement].filter((text) => text !== undefined)) {
      try {
        keys.add((await parseRecord(record)).kid);
      } catch {
        // The same.
      }
    }
  }
  return keys;
}
