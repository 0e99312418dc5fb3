// @ts-check
// The keys of the store that this browser works with: kept at the first sign-in, and refused when they change afterwards.

import { pinned } from "../evidence/anchors.js";
import { isParty, isStore } from "../evidence/identifiers.js";
import { isPoint, thumbprint } from "../evidence/keys.js";
import { Problem } from "./problem.js";

/** @typedef {{ store: string, keys: string[], service: string, pinnedAt: string }} Pin */

/**
 * What is pinned of the service.
 * @param {import("./database.js").Database} database @param {any} service Its discovery document.
 * @returns {Promise<Pin | null>} Null when nothing is.
 * @throws {Problem} `store-changed`: it is another store than the pinned one, or shows a key that is not pinned.
 */
export async function findPin(database, service) {
  await requireUsable(service);
  const pins = /** @type {Pin[]} */ (await database.all("pins"));
  const pin = pins.find((entry) => entry.service === location.origin || entry.store === service.ttp) ?? null;
  const changed =
    pin === null
      ? null
      : (service.keys.map((/** @type {any} */ key) => key.kid).find((/** @type {string} */ kid) => !pin.keys.includes(kid)) ?? null);
  if (pin !== null && (pin.store !== service.ttp || changed !== null)) {
    throw new Problem("store-changed", `The store ${service.ttp} shows ${changed ?? "another name"}, which this browser has not pinned.`);
  }
  return pin;
}

/** Pins what the service shows. @param {import("./database.js").Database} database @param {any} service @returns {Promise<Pin>} */
export async function pinStore(database, service) {
  await requireUsable(service);
  const keys = service.keys.map((/** @type {any} */ key) => key.kid);
  const pin = { store: service.ttp, keys, service: location.origin, pinnedAt: new Date().toISOString() };
  await database.put("pins", pin);
  return pin;
}

/** The anchor of a pin, as the verifier takes it. @param {Pin} pin */
export const anchorOfPin = (pin) => ({ store: pin.store, keys: pin.keys, source: pinned(pin) });

/** @param {any} service */
async function requireUsable(service) {
  const usable = isParty(service.ttp) && isStore(service.ttp) && service.keys.length > 0;
  for (const { kid, jwk } of usable ? service.keys : []) {
    if (!isPoint(jwk) || (await thumbprint(jwk)) !== kid) {
      throw new Problem("store-changed", "The service shows a key under a thumbprint that is not the key's.");
    }
  }
  if (!usable) {
    throw new Problem("store-changed", "The service does not say which store it is, and with which key it seals.");
  }
}
