// A token's payload: read strictly, and written in its one form.

import { Fault, invalid, missing } from "./fault.js";
import * as form from "./identifiers.js";
import { committing, disclosing, eventOf, kinds } from "./kinds.js";

/** Reads the members of a payload. */
export function readStatement(kind, payload) {
  require(payload.integer("ver") === 1n, payload.invalid("ver"));
  const pol = payload.convert("pol", payload.text("pol"), (text) => text === disclosing || text === committing);
  payload.convert("event", payload.text("event"), (text) => text === eventOf(kind, pol));
  const statement = {
    kind,
    pol,
    id: optional(payload, "id", form.isRandom),
    orig: payload.convert("orig", payload.text("orig"), form.isParty),
    rcpt: list(payload, "rcpt", form.isParty) ?? raise(missing("rcpt")),
    ttp: payload.convert("ttp", payload.text("ttp"), form.isParty),
    exch: optional(payload, "exch", form.isRandom),
    doc: readDocument(payload.object("doc")),
    salt: optional(payload, "salt", form.isDigest),
    disclose: optional(payload, "disclose", (text) => text === "digest"),
    ref: list(payload, "ref", form.isDigest) ?? [],
    nonce: optional(payload, "nonce", form.isRandom),
    gen: optional(payload, "gen", form.isTime),
    due: optional(payload, "due", form.isTime),
    hold: optional(payload, "hold", form.isHolder),
    reason: payload.optionalText("reason"),
  };
  payload.refuseOthers();
  requireShape(statement);
  return statement;
}

/** The payload's text, from a statement. */
export function writeStatement(statement) {
  const { kind, pol, doc } = statement;
  return JSON.stringify({
    ver: 1,
    id: statement.id,
    event: eventOf(kind, pol),
    pol,
    orig: statement.orig,
    rcpt: statement.rcpt,
    ttp: statement.ttp,
    exch: statement.exch,
    doc: { ...doc, size: Number(doc.size), partSize: doc.partSize === undefined ? undefined : Number(doc.partSize) },
    salt: statement.salt,
    disclose: statement.disclose,
    ref: statement.ref.length > 0 ? statement.ref : undefined,
    nonce: statement.nonce,
    gen: statement.gen,
    due: statement.due,
    hold: statement.hold,
    reason: statement.reason,
  });
}

function readDocument(members) {
  const size = members.integer("size");
  const partSize = members.optionalInteger("partSize");
  const method = members.convert("method", members.text("method"), (name) => isMethod(name, partSize));
  const digest = optional(members, "digest", form.isDigest);
  const commitment = optional(members, "commitment", form.isDigest);
  const id = members.convert("id", members.text("id"), form.isRandom);
  const version = members.convert("version", members.text("version"), form.isVersion);
  const type = members.convert("type", members.text("type"), form.isMediaType);
  const name = members.convert("name", members.text("name"), form.isName);
  const largest = partSize === undefined ? form.largestPart : partSize * form.mostParts;
  require(size >= 1n && size <= largest, members.invalid("size"));
  members.refuseOthers();
  return { id, version, name, type, size, method, partSize, digest, commitment };
}

const isMethod = (name, partSize) =>
  partSize === undefined
    ? name === "sha-256"
    : name === "sha-256-parts" && partSize >= form.smallestPart && partSize <= form.largestPart;

const optional = (members, name, isValid) => {
  const text = members.optionalText(name);
  return text === undefined ? undefined : members.convert(name, text, isValid);
};

const list = (members, name, isValid) => members.optionalTexts(name)?.map((text) => members.convert(name, text, isValid));

// Exactly the members of the kind, and times in order.
function requireShape(statement) {
  const { members, exchange, references } = kinds[statement.kind];
  presence("id", statement.id, "yes");
  presence("gen", statement.gen, "yes");
  presence("exch", statement.exch, exchange);
  for (const name of ["nonce", "due", "hold", "reason"]) {
    presence(name, statement[name], members.includes(name) ? "yes" : "no");
  }
  requireDisclosure(statement);
  require(statement.ref.length >= references[0] && statement.ref.length <= references[1], invalid("ref"));
  require(statement.exch === undefined || statement.rcpt.length === 1, invalid("rcpt"));
  require(new Set(statement.rcpt).size === statement.rcpt.length, invalid("rcpt"));
  require(statement.reason === undefined || form.isReason(statement.reason), invalid("reason"));
  require(timesAreInOrder(statement), invalid("gen"));
}

function requireDisclosure(statement) {
  const commits = statement.pol === committing;
  const isOrigin = statement.kind === "EvidenceOfOrigin";
  presence("salt", statement.salt, commits && isOrigin ? "yes" : "no");
  presence("disclose", statement.disclose, commits && isOrigin ? "maybe" : "no");
  presence("doc.digest", statement.doc.digest, commits && !isOrigin ? "maybe" : "yes");
  presence("doc.commitment", statement.doc.commitment, commits && !isOrigin ? "yes" : "no");
}

// An expiry is never before the deadline, everything else never after it.
function timesAreInOrder({ kind, gen, due }) {
  if (due === undefined) {
    return true;
  }
  return kind === "ExpiryRecord" ? form.time(gen) >= form.time(due) : form.time(gen) <= form.time(due);
}

function presence(member, value, wanted) {
  if (wanted === "yes" && value === undefined) {
    throw missing(member);
  }
  if (wanted === "no" && value !== undefined) {
    throw new Fault("unknown-member", `This kind of evidence has no member ${member}.`, member);
  }
}

function require(holds, fault) {
  if (!holds) {
    throw fault;
  }
}

const raise = (fault) => {
  throw fault;
};
