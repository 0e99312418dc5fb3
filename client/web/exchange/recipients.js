// @ts-check
// Whom a document is for: by address, if the party lets itself be found by it, or by id.

import { isAddress, isParty, isStore } from "../evidence/identifiers.js";
import { Problem } from "../service/problem.js";
import { noteContact } from "./contacts.js";

/**
 * The id of a party. Whose an address is, is noted, and held to from then on.
 * @param {import("./party.js").Party} party @param {string} text An address or an id. @throws {Problem}
 */
export async function findRecipient(party, text) {
  const address = text.includes("@") ? text.toLowerCase() : null;
  const id = address === null ? text : await lookUp(party, address);
  if (!isParty(id) || isStore(id)) {
    throw new Problem("invalid-recipient", "A recipient is an e-mail address or a party's id.");
  }
  if (id === party.id) {
    throw new Problem("own-document", "You are the sender.");
  }
  if ((await party.directory.keysOf(id)).every((key) => key.retiredAt)) {
    throw new Problem("unknown-party", "The recipient has no key with the service.");
  }
  if (address !== null) {
    await noteContact(party, address, id);
  }
  return id;
}

/** @param {import("./party.js").Party} party @param {string} email @returns {Promise<string>} */
async function lookUp(party, email) {
  if (!isAddress(email)) {
    throw new Problem("invalid-recipient", "A recipient is an e-mail address or a party's id.");
  }
  return (await party.api.post("/parties/lookup", { email })).party;
}
