// The evidence of an exchange, or of a deposit, as a whole.

import { Checks } from "./checks.js";
import * as expected from "./expected.js";
import { isStore, time } from "./identifiers.js";

/** How far a party's clock may be off from the store's. */
const clockSkew = 5 * 60 * 1000;

/** The short names of all tokens. */
export const names = ["nro", "challenge", "nrr", "release", "refusal", "record", "receipt"];

const genOf = (token) => time(token.statement.gen);

/**
 * Verifies every token.
 * @param {Record<string, string>} tokens The texts by their names.
 * @param {Map<string, any>} keys The keys by their thumbprints.
 * @returns {Promise<any>} `{ state, statement, document, checks }`; the first three count only when all checks passed.
 */
export const verifyTokens = (tokens, keys) =>
  tokens.receipt !== undefined && tokens.challenge === undefined
    ? verifyDeposit(tokens, keys)
    : new Exchange(tokens, keys).verify();

class Exchange {
  #checks;
  #tokens;
  #keys;
  #state = "AwaitingReceipt";

  constructor(tokens, keys) {
    this.#checks = new Checks(keys);
    this.#tokens = tokens;
    this.#keys = keys;
  }

  async verify() {
    const { challenge, origin } = await this.#verifyOffer();
    if (this.#tokens.receipt !== undefined) {
      const deposit = await checkDeposit(this.#tokens.nro, this.#tokens.receipt, undefined, this.#keys);
      this.#checks.all.push(...deposit.checks.filter((check) => !check.passed || check.name.startsWith("receipt.")));
    }
    const statement = challenge?.statement ?? null;
    return { state: this.#state, statement, document: (origin ?? challenge)?.statement.doc ?? null, checks: this.#checks.all };
  }

  async #verifyOffer() {
    const { nro, nrr, release, refusal, record } = this.#tokens;
    const completes = nrr !== undefined || release !== undefined;
    const endsOtherwise = refusal !== undefined || record !== undefined;
    this.#checks.note("exchange.ending", !(completes && endsOtherwise), oneEnding);
    const origin = completes || nro !== undefined ? await this.#checks.read("nro", nro, "EvidenceOfOrigin") : null;
    const challenge = await this.#checks.read("challenge", this.#tokens.challenge ?? "", "ReceiptChallenge");
    if (challenge === null) {
      return { challenge: null, origin: null };
    }
    this.#checkParties(challenge.statement);
    await this.#checkOrigin(origin, challenge);
    const stated = origin === null ? challenge.statement : await expected.challenge(origin, challenge.statement);
    await this.#checks.verify("challenge", challenge, stated, { at: genOf(challenge) });
    if (completes) {
      await this.#checkCompletion(challenge);
    }
    if (endsOtherwise) {
      await this.#checkOtherEnding(challenge);
    }
    return { challenge, origin };
  }

  #checkParties({ orig, rcpt, ttp }) {
    const passed = orig !== rcpt[0] && isStore(ttp) && !isStore(orig) && !isStore(rcpt[0]);
    this.#checks.note("exchange.parties", passed, "two parties and a store, all different");
  }

  async #checkOrigin(origin, challenge) {
    if (origin === null) {
      return;
    }
    await this.#checks.verify("nro", origin, origin.statement, { at: genOf(origin), atSkew: clockSkew });
    this.#checks.note("nro.order", genOf(origin) - genOf(challenge) <= clockSkew, "made before the challenge");
    const audience = origin.statement.rcpt;
    const belongs = audience.length === 0 || audience.includes(challenge.statement.rcpt[0]);
    this.#checks.note("nro.audience", belongs, "the downloader belongs to the audience");
  }

  async #checkCompletion(challenge) {
    const receipt = await this.#checks.read("nrr", this.#tokens.nrr, "EvidenceOfReceipt");
    const release = await this.#checks.read("release", this.#tokens.release, "ReleaseRecord");
    if (receipt === null || release === null) {
      return;
    }
    await this.#verifyTaken("nrr", receipt, challenge, release);
    const stated = await expected.release(receipt);
    await this.#checks.verify("release", release, stated, { at: genOf(release), earliest: genOf(challenge) });
    this.#state = "Completed";
  }

  async #checkOtherEnding(challenge) {
    const record = await this.#checks.read("record", this.#tokens.record, "AbortRecord", "ExpiryRecord");
    const given = this.#tokens.refusal;
    const refusal = given === undefined ? null : await this.#checks.read("refusal", given, "Refusal");
    if (record === null) {
      return;
    }
    if (refusal !== null) {
      await this.#verifyTaken("refusal", refusal, challenge, record);
    }
    const [stated, state] = await expectedRecord(record, challenge, refusal);
    await this.#checks.verify("record", record, stated, { at: genOf(record), earliest: genOf(challenge) });
    this.#state = state;
  }

  // The store's clock says when it took the downloader's evidence, and so at which instant the key had to be valid.
  async #verifyTaken(name, token, challenge, answer) {
    const stated = await expected.receipt(token.kind, challenge);
    const times = { at: genOf(answer), genSkew: clockSkew, earliest: genOf(challenge) };
    await this.#checks.verify(name, token, stated, times);
  }

}

const oneEnding = "evidence of one ending at most; of two, only the one that stands in the store's table counts";

async function expectedRecord(record, challenge, refusal) {
  if (record.kind === "ExpiryRecord" && refusal === null) {
    return [await expected.expiry(challenge), "Expired"];
  }
  if (refusal !== null) {
    return [await expected.abort(refusal, "declined-by-downloader"), "Declined"];
  }
  const reason = record.statement.reason === "service-failure" ? "service-failure" : "aborted-by-uploader";
  return [await expected.abort(challenge, reason), "Aborted"];
}

async function verifyDeposit(tokens, keys) {
  const { checks, statement } = await checkDeposit(tokens.nro, tokens.receipt, tokens.record, keys);
  for (const name of ["nrr", "release", "refusal"].filter((strange) => tokens[strange] !== undefined)) {
    checks.push({ name: `${name}.place`, passed: false, detail: "a token of an exchange, whose challenge is missing" });
  }
  const state = tokens.record === undefined ? "Deposited" : "Withdrawn";
  return { state, statement, document: statement?.doc ?? null, checks };
}

async function checkDeposit(nroText, receiptText, recordText, keys) {
  const checks = new Checks(keys);
  const nro = await checks.read("nro", nroText, "EvidenceOfOrigin");
  const receipt = await checks.read("receipt", receiptText, "DepositReceipt");
  const record = recordText === undefined ? null : await checks.read("record", recordText, "AbortRecord");
  if (nro !== null && receipt !== null) {
    // The store's clock says when it took the evidence, and so at which instant the uploader's key had to be valid.
    const at = genOf(receipt);
    await checks.verify("nro", nro, nro.statement, { at, genSkew: clockSkew });
    await checks.verify("receipt", receipt, await expected.depositReceipt(nro), { at });
    if (record !== null) {
      const stated = await expected.abort(nro, "document-withdrawn");
      await checks.verify("record", record, stated, { at: genOf(record), earliest: at });
    }
  }
  return { checks: checks.all, statement: nro?.statement ?? null };
}
