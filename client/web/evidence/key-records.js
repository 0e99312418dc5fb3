// What the store sealed about a key: a party's certificate and retirement, and the successions of its own.

import { Fault, invalid } from "./fault.js";
import * as form from "./identifiers.js";
import { Members } from "./json.js";
import { isValidAt, verify } from "./keys.js";
import { inputOf, notCanonicalRecord, readHeader, split, tokenOf } from "./token.js";

const types = { certificate: "KeyCertificate", retirement: "KeyRetirement", succession: "KeySuccession" };

/** What the proof of possession of a key says that was made in the web page. */
export const web = "web";

const readers = { KeyCertificate: readCertificate, KeyRetirement: readRetirement, KeySuccession: readSuccession };

/** Reads a record of any type strictly. */
export async function parseRecord(text) {
  const jws = split(text);
  const { kid, typ } = readHeader(jws.header);
  if (!Object.hasOwn(readers, typ)) {
    throw new Fault("unknown-kind", "The header's typ names no record of a key.");
  }
  const record = readers[typ](jws.payload);
  if (jws.input !== inputOf(typ, kid, JSON.stringify(record))) {
    throw notCanonicalRecord();
  }
  return tokenOf(jws, kid, typ, record);
}

/** Reads a certificate. @param {string} text @returns {Promise<any>} Its statement; null when the text is none. */
export async function findCertificate(text) {
  try {
    const token = await parseRecord(text);
    return token.kind === types.certificate ? token.statement : null;
  } catch {
    return null;
  }
}

/** The checks of what came with a key. @param {any} key @param {Map<string, any>} keys All that came. @returns {Promise<any[]>} */
export async function checkKey(key, keys) {
  const checks = [];
  if (key.certificate !== undefined) {
    await new RecordChecks("certificate", key, keys, checks).run(key.certificate, checkCertificate);
  }
  if (key.retirement !== undefined) {
    await new RecordChecks("retirement", key, keys, checks).run(key.retirement, checkRetirement);
  }
  return checks;
}

/**
 * Verifies a succession of the store's keys by the keys that came.
 * @param {string} text @param {Map<string, any>} keys @param {any[]} checks What was checked is added.
 * @returns {Promise<any>} The succession; null unless all checks passed.
 */
export async function checkSuccession(text, keys, checks) {
  const own = [];
  const record = new RecordChecks("succession", null, keys, own);
  const token = await record.read(text);
  if (token !== null) {
    await record.checkSeal(token);
    record.note("statement", successionFault(token), `${token.statement.key} follows ${token.statement.prior}`);
  }
  checks.push(...own);
  return own.every(({ passed }) => passed) ? token : null;
}

function successionFault({ kid, statement: { use, prior, key, party, ttp, ends, gen } }) {
  const wrong = {
    party: party !== ttp,
    prior: key === prior,
    ends: form.time(ends) <= form.time(gen),
    "header.kid": use === "seal" && kid !== prior && kid !== key,
  };
  const member = Object.keys(wrong).find((name) => wrong[name]);
  return member === undefined ? null : mismatch(member);
}

class RecordChecks {
  constructor(name, key, keys, checks) {
    Object.assign(this, { name, key, keys, checks });
  }

  async run(text, check) {
    const token = await this.read(text);
    if (token !== null) {
      await this.checkSeal(token);
      await check(token.statement, this.key, this);
    }
  }

  async read(text) {
    try {
      const token = await parseRecord(text);
      if (token.kind !== types[this.name]) {
        throw new Fault("wrong-kind", `This is ${token.kind}.`);
      }
      this.note("form", null, `a well-formed ${token.kind}`);
      return token;
    } catch (fault) {
      if (!(fault instanceof Fault)) {
        throw fault;
      }
      this.note("form", fault, "");
      return null;
    }
  }

  async checkSeal({ kid, octets, signature, statement }) {
    const sealing = this.keys.get(kid);
    let fault =
      sealing === undefined
        ? new Fault("unknown-key", "No key has the token's kid.")
        : sealing.party === statement.ttp
          ? null
          : new Fault("wrong-signer", "The key belongs to another party than the one that must sign.");
    fault ??= isValidAt(sealing, form.time(statement.gen), 0) ? null : notValid();
    this.note("key", fault, `${kid} is a key of ${statement.ttp}`);
    const signed = sealing !== undefined && (await verify(sealing.jwk, octets, signature));
    const bad = signed ? null : new Fault("bad-signature", "The signature does not verify.");
    this.note("signature", bad, "ES256 over the octets as received");
  }

  note(name, fault, detail) {
    const passed = fault === null;
    this.checks.push({ name: `${this.name}.${name}`, passed, detail: passed ? detail : `${fault.code}: ${fault.message}` });
  }
}

async function checkCertificate(record, key, checks) {
  const differing = difference(record, key, {
    hold: record.hold !== key.kind,
    notBefore: record.notBefore !== key.notBefore,
    notAfter: record.notAfter !== key.notAfter,
    proof: (record.proof === undefined) !== (key.kind === "kms"),
  });
  const address = record.email === undefined ? "" : `, verified address <${record.email}>`;
  const name = record.name === undefined ? "" : `, who says to be ${record.name}`;
  checks.note("statement", differing, `${record.key} is the key of ${record.party}${address}${name}`);
  if (record.proof !== undefined) {
    const made = saysWeb(record.proof) ? ", made in a web page" : "";
    checks.note("proof", await proofFault(record.proof, key), `the party showed that it has the private key${made}`);
  }
}

async function checkRetirement(record, key, checks) {
  const differing = difference(record, key, { retiredAt: record.retiredAt !== key.retiredAt });
  checks.note("statement", differing, `${key.kid} from ${record.retiredAt} on`);
}

function difference(record, key, more) {
  const differs = { party: record.party !== key.party, key: record.key !== key.kid, ...more };
  const member = Object.keys(differs).find((name) => differs[name]);
  return member === undefined ? null : mismatch(member);
}

const notValid = () => new Fault("key-not-valid", "The key is not valid at this time: too early, expired or retired.");

const mismatch = (member) => new Fault("statement-mismatch", `The member ${member} differs from what must be stated.`, member);

// The proof of possession: a token over the party's id, the store's nonce and the key's id.
async function proofFault(text, key) {
  try {
    const jws = split(text);
    const { kid, typ } = readHeader(jws.header);
    const payload = Members.parse(jws.payload, "");
    const [party, , stated] = ["party", "nonce", "kid"].map((name) => payload.text(name));
    const made = payload.optionalText("made");
    payload.refuseOthers();
    if (made !== undefined && made !== web) {
      throw payload.invalid("made");
    }
    if (typ !== "KeyPossession") {
      throw new Fault("wrong-kind", "The token is not a proof of possession.");
    }
    if (kid !== key.kid) {
      throw mismatch("header.kid");
    }
    const token = await tokenOf(jws, kid, typ, null);
    if (!(await verify(key.jwk, token.octets, token.signature))) {
      throw new Fault("bad-signature", "The signature does not verify.");
    }
    if (party !== key.party || stated !== key.kid) {
      throw mismatch(party !== key.party ? "party" : "kid");
    }
    return null;
  } catch (fault) {
    if (!(fault instanceof Fault)) {
      throw fault;
    }
    return fault;
  }
}

/** Whether a certificate says that its key was made in the web page. Nothing is verified. @param {any} certificate Its statement, or null. */
export const isMadeInPage = (certificate) => certificate?.proof !== undefined && saysWeb(certificate.proof);

function saysWeb(proof) {
  try {
    return Members.parse(split(proof).payload, "").optionalText("made") === web;
  } catch (fault) {
    if (!(fault instanceof Fault)) {
      throw fault;
    }
    return false;
  }
}

function readCertificate(octets) {
  const members = Members.parse(octets, "");
  const common = readCommon(members);
  const email = optional(members, "email", form.isAddress);
  const name = optional(members, "name", form.isName);
  const hold = required(members, "hold", form.isHolder);
  const proof = members.optionalText("proof");
  const notBefore = required(members, "notBefore", form.isTime);
  const notAfter = required(members, "notAfter", form.isTime);
  const gen = required(members, "gen", form.isTime);
  members.refuseOthers();
  return { ...common, email, name, hold, proof, notBefore, notAfter, gen };
}

function readRetirement(octets) {
  const members = Members.parse(octets, "");
  const common = readCommon(members);
  const retiredAt = required(members, "retiredAt", form.isTime);
  const gen = required(members, "gen", form.isTime);
  members.refuseOthers();
  return { ...common, retiredAt, gen };
}

function readSuccession(octets) {
  const members = Members.parse(octets, "");
  const common = readCommon(members);
  const use = required(members, "use", form.isUse);
  const prior = required(members, "prior", form.isDigest);
  const ends = required(members, "ends", form.isTime);
  const gen = required(members, "gen", form.isTime);
  members.refuseOthers();
  return { ...common, use, prior, ends, gen };
}

function readCommon(members) {
  if (members.integer("ver") !== 1n) {
    throw invalid("ver");
  }
  return {
    ver: 1,
    id: required(members, "id", form.isRandom),
    ttp: required(members, "ttp", form.isParty),
    party: required(members, "party", form.isParty),
    key: required(members, "key", form.isDigest),
  };
}

const required = (members, name, isValid) => members.convert(name, members.text(name), isValid);

const optional = (members, name, isValid) => {
  const text = members.optionalText(name);
  return text === undefined ? undefined : members.convert(name, text, isValid);
};
