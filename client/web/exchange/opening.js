// @ts-check
// Steps 4 to 6, and a: asks for a document, and answers the store's challenge with a receipt or a refusal.

import { parse } from "../evidence/token.js";
import { listAll } from "../service/api.js";
import { Problem } from "../service/problem.js";
import { EvidenceProblem } from "./evidence-problem.js";
import { requireHolds } from "./judgement.js";
import { issueReceipt, issueRefusal } from "./issue.js";

/** @typedef {import("./party.js").Party} Party */

/**
 * Asks for a document, unless an exchange of it is open or completed: then that one counts.
 * @param {Party} party @param {string} document Its id.
 * @returns {Promise<string>} The exchange's id.
 */
export async function askFor(party, document) {
  party.api.requireClock();
  const standing = await findStanding(party, document);
  if (standing !== null) {
    return standing.exchangeId;
  }
  const grant = await party.api.post(`/documents/${document}/exchanges`, {});
  await readChallenge(party, grant.challenge, grant.exchangeId, document);
  return grant.exchangeId;
}

/** The party's exchange of a document that another receipt would only repeat; null for none. @param {Party} party @param {string} document */
export async function findStanding(party, document) {
  const exchanges = await listAll(party.api, "/exchanges", "exchanges");
  const own = exchanges.filter((view) => view.fileId === document && view.downloader === party.id);
  return own.find((view) => view.state === "Completed") ?? own.find((view) => view.state === "AwaitingReceipt") ?? null;
}

/**
 * Reads a challenge: the store's seal, and that it is for this document, this exchange and this party, before anything is signed for it.
 * @param {Party} party @param {string} text @param {string} exchange @param {string} document
 * @param {{ keys: any[], successions: string[] }} [given] What came with it of the store's keys.
 * @returns {Promise<any>} The token.
 * @throws {EvidenceProblem}
 */
export async function readChallenge(party, text, exchange, document, given = { keys: [], successions: [] }) {
  await requireHolds({ challenge: text }, await party.directory.with(given.keys), party.anchor, given.successions);
  const challenge = await parse(text);
  const { exch, rcpt, ttp, doc } = challenge.statement;
  if (exch !== exchange || rcpt[0] !== party.id || ttp !== party.store || doc.id !== document) {
    throw new EvidenceProblem({ name: "challenge.statement", passed: false, detail: "the challenge is for something else" });
  }
  return challenge;
}

/**
 * Signs the receipt and hands it in. It is kept before it is sent: after a crash the same receipt goes out again.
 * @param {Party} party @param {any} challenge The token.
 * @throws {Problem} `already-received`: a receipt for this document was given elsewhere.
 */
export async function giveReceipt(party, challenge) {
  const { exch, nonce, doc } = challenge.statement;
  const signature = (await party.database.get("receipts", exch))?.text ?? (await signReceipt(party, challenge, doc.id));
  try {
    return await party.api.post(`/exchanges/${exch}/receipt`, { nonce, signature });
  } catch (problem) {
    const { code, status } = /** @type {Problem} */ (problem);
    if (["exchange-ended", "deadline-passed", "nonce-used"].includes(code)) {
      return { state: "AwaitingReceipt" };
    }
    if (status === 422) {
      await party.database.delete("receipts", exch);
    }
    throw problem;
  }
}

/** @param {Party} party @param {any} challenge @param {string} document */
async function signReceipt(party, challenge, document) {
  const key = await party.requireKey();
  const standing = await findStanding(party, document);
  if (standing?.state === "Completed") {
    throw new Problem("already-received", "You have given a receipt for this document in another exchange.");
  }
  requireInTime(party, challenge);
  const text = await issueReceipt(key, challenge, new Date().toISOString());
  await party.database.put("receipts", { exchange: challenge.statement.exch, text });
  return text;
}

/** Refuses. @param {Party} party @param {any} challenge The token. @param {string} reason As evidence has it. */
export async function decline(party, challenge, reason) {
  const key = await party.requireKey();
  requireInTime(party, challenge);
  const signature = await issueRefusal(key, challenge, new Date().toISOString(), reason);
  return party.api.post(`/exchanges/${challenge.statement.exch}/decline`, { nonce: challenge.statement.nonce, signature });
}

// Right before the signature: the answers of the calls before it say how far this machine's clock is off.
/** @param {Party} party @param {any} challenge */
function requireInTime(party, challenge) {
  party.api.requireClock();
  if (Date.now() > Date.parse(challenge.statement.due)) {
    throw new Problem("deadline-passed", "The deadline of the exchange has passed; it ends by itself.");
  }
}
