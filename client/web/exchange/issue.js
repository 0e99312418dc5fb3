// @ts-check
// Signs statements: what a party states of a document or a challenge.

import { committing } from "../evidence/kinds.js";
import * as expected from "../evidence/expected.js";
import { writeStatement } from "../evidence/statement.js";
import { parse } from "../evidence/token.js";
import { sign } from "../keys/party-key.js";
import { randomText } from "../service/random.js";

/** @typedef {import("../keys/party-key.js").PartyKey} PartyKey */

/** The evidence of origin of a deposited document. @param {PartyKey} key @param {any} stated `orig`, `rcpt`, `ttp`, `doc`, `nonce`, `gen`, perhaps `disclose`. */
export const issueOrigin = (key, stated) =>
  issue(key, { kind: "EvidenceOfOrigin", pol: committing, id: randomText(16), salt: randomText(32), ref: [], hold: "self", ...stated });

/** The receipt for a challenge. @param {PartyKey} key @param {any} challenge The token. @param {string} gen */
export const issueReceipt = async (key, challenge, gen) =>
  issue(key, { ...(await expected.receipt("EvidenceOfReceipt", challenge)), id: randomText(16), gen, hold: "self" });

/** The refusal of a challenge. @param {PartyKey} key @param {any} challenge The token. @param {string} gen @param {string} reason */
export const issueRefusal = async (key, challenge, gen, reason) =>
  issue(key, { ...(await expected.receipt("Refusal", challenge)), id: randomText(16), gen, hold: "self", reason });

// What was signed is read again as every verifier reads it: a statement that none would accept is not sent.
/** @param {PartyKey} key @param {any} statement @returns {Promise<string>} */
async function issue(key, statement) {
  const text = await sign(key, statement.kind, writeStatement(statement));
  await parse(text);
  return text;
}
