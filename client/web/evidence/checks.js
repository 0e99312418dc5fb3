// The checks of tokens: each under its own name, all of them even after a failure.

import { Fault } from "./fault.js";
import { time } from "./identifiers.js";
import { isValidAt, verify } from "./keys.js";
import { signerOf } from "./kinds.js";
import { parse, trim } from "./token.js";

/** Everything that was checked, in order. */
export class Checks {
  all = [];
  #keys;

  /** @param keys The public keys by their thumbprints. */
  constructor(keys) {
    this.#keys = keys;
  }

  /** Notes a check of how the tokens fit together. */
  note(name, passed, detail) {
    this.all.push({ name, passed, detail });
  }

  /** Reads a token that must be there; null, with a failed check, when it is missing, malformed or of another kind. */
  async read(name, text, ...kinds) {
    try {
      if (text === undefined) {
        throw new Fault("malformed-jws", "The token is missing.");
      }
      const token = await parse(trim(text));
      if (!kinds.includes(token.kind)) {
        throw new Fault("wrong-kind", `This is ${token.kind}.`);
      }
      this.note(`${name}.form`, true, `a well-formed ${token.kind}`);
      return token;
    } catch (fault) {
      this.#noteFault(`${name}.form`, requireFault(fault), "");
      return null;
    }
  }

  /**
   * Checks key, signature, statement and time of a token.
   * @param at When the store took or made it, in milliseconds: the instant at which the key had to be valid.
   * @param atSkew How far the clock behind `at` may be off.
   * @param genSkew How far the clock behind the token's `gen` may be off from that of `at`.
   * @param earliest Before which instant it cannot have been made; undefined for any.
   */
  async verify(name, token, expected, { at, atSkew = 0, genSkew = 0, earliest }) {
    const key = this.#keys.get(token.kid);
    this.#noteFault(
      `${name}.key`,
      keyFault(token, expected, key, at, atSkew),
      `${token.kid} is a key of ${signerOf(expected)}, valid then`,
    );
    const signed = key !== undefined && (await verify(key.jwk, token.octets, token.signature));
    this.#noteFault(
      `${name}.signature`,
      signed ? null : new Fault("bad-signature", "The signature does not verify."),
      "ES256 over the octets as received",
    );
    this.#noteFault(`${name}.statement`, memberFault(token.statement, expected), "every member is as it must be");
    this.#noteFault(`${name}.time`, timeFault(token, at, genSkew, earliest), token.statement.gen);
  }

  #noteFault(name, fault, detail) {
    this.note(name, fault === null, fault === null ? detail : `${fault.code}: ${fault.message}`);
  }
}

/** Passes a refusal; anything else is a defect. */
export function requireFault(error) {
  if (!(error instanceof Fault)) {
    throw error;
  }
  return error;
}

function keyFault(token, expected, key, at, skew) {
  const { kind, hold, gen } = token.statement;
  if (key === undefined) {
    return new Fault("unknown-key", "No key has the token's kid.");
  }
  if (key.party !== signerOf(expected)) {
    return new Fault("wrong-signer", "The key belongs to another party than the one that must sign.");
  }
  if (hold !== undefined && hold !== key.kind) {
    return new Fault("wrong-holder", "The token names another holder of the key than there is.");
  }
  if (!isValidAt(key, at, skew)) {
    return new Fault("key-not-valid", "The key is not valid at this time: too early, expired or retired.");
  }
  if (kind === "EvidenceOfOrigin" && time(gen) < time(key.notBefore)) {
    return new Fault("key-not-valid", "The evidence of origin says that it was made before its key was valid.");
  }
  return null;
}

// In the order in which members are compared. What is open may have any value.
const members = "kind pol id orig rcpt ttp exch doc salt disclose ref nonce gen due hold reason".split(" ");
const ofDocument = "id version name type size method partSize digest commitment".split(" ");
const open = ["id", "gen", "hold", "reason", "salt"];

function memberFault(actual, expected) {
  const differs = (left, right) => (Array.isArray(left) ? left.join() !== right.join() : left !== right);
  for (const name of members) {
    const different =
      name === "doc"
        ? ofDocument.filter((part) => differs(expected.doc[part], actual.doc[part])).map((part) => `doc.${part}`)[0]
        : differs(expected[name], actual[name]) && !(open.includes(name) && expected[name] === undefined) && name;
    if (different) {
      const member = different === "kind" ? "event" : different;
      return new Fault("statement-mismatch", `The member ${member} differs from what must be stated.`, member);
    }
  }
  return null;
}

function timeFault({ kind, statement }, at, skew, earliest) {
  const gen = time(statement.gen);
  // The uploader was told when it announced, so its clock is no excuse for evidence from before that.
  const before = kind === "EvidenceOfOrigin" ? 0 : skew;
  return gen - at > skew || (earliest !== undefined && earliest - gen > before)
    ? new Fault("outside-time", "The time of generation is too early, or in the future.", "gen")
    : null;
}
