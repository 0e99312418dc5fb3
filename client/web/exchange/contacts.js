// @ts-check
// Whom a party has sent to by their addresses, as this browser noted it: an address stays the party's that had it then.

import { Problem } from "../service/problem.js";

/** @typedef {import("./party.js").Party} Party */
/** @typedef {{ id: string, owner: string, address: string, party: string, at: string }} Contact `owner` is whose contact it is. */

/** The party's contacts, the one that was used last first. @param {Party} party @returns {Promise<Contact[]>} */
export async function findContacts(party) {
  const all = /** @type {Contact[]} */ (await party.database.all("contacts"));
  return all.filter(({ owner }) => owner === party.id).sort((left, right) => (left.at < right.at ? 1 : -1));
}

/**
 * Notes that an address is a party's.
 * @param {Party} party Whose contact it is. @param {string} address In lower case. @param {string} found Whose it is.
 * @throws {Problem} `contact-changed`: it was another's when it was used before; nothing is noted.
 */
export async function noteContact(party, address, found) {
  const id = `${party.id} ${address}`;
  const known = /** @type {Contact | undefined} */ (await party.database.get("contacts", id));
  if (known !== undefined && known.party !== found) {
    throw new Problem("contact-changed", `${address} was ${known.party}, and is ${found} now.`);
  }
  await party.database.put("contacts", { id, owner: party.id, address, party: found, at: new Date().toISOString() });
}

/** @param {Party} party @param {Contact} contact */
export const forgetContact = (party, contact) => party.database.delete("contacts", contact.id);
