// A token: a JWS in compact serialisation (RFC 7515), signed with ES256.

import { ascii, decode, encode, hashOf, utf8 } from "./bytes.js";
import { Fault } from "./fault.js";
import { isDigest } from "./identifiers.js";
import { Members } from "./json.js";
import { kinds } from "./kinds.js";
import { readStatement, writeStatement } from "./statement.js";

const limit = 16 * 1024;

/** Splits a compact JWS; what was signed is kept as it came. */
export function split(text) {
  if (text.length > limit) {
    throw new Fault("token-too-large", "A token has at most 16 KiB.");
  }
  const parts = text.split(".");
  const [header, payload, signature] = parts.map(decode);
  if (parts.length !== 3 || !header || !payload || signature?.length !== 64) {
    throw new Fault("malformed-jws", "The text is not a compact JWS with canonical base64url and a 64-byte signature.");
  }
  return { input: `${parts[0]}.${parts[1]}`, header, payload, signature };
}

/** Reads the header: exactly `alg` ES256, `kid` and `typ`. */
export function readHeader(octets) {
  const header = Members.parse(octets, "header");
  if (header.text("alg") !== "ES256") {
    throw new Fault("unsupported-algorithm", "Evidence is signed with ES256 and nothing else.");
  }
  const kid = header.convert("kid", header.text("kid"), isDigest);
  const typ = header.text("typ");
  header.refuseOthers();
  return { kid, typ };
}

/** The signing input of a header and a payload in their one form. */
export const inputOf = (typ, kid, payload) =>
  `${encode(utf8(JSON.stringify({ alg: "ES256", kid, typ })))}.${encode(utf8(payload))}`;

/** A token's parts as every verifier needs them. */
export const tokenOf = async (jws, kid, kind, statement) => ({
  kid,
  kind,
  statement,
  signature: jws.signature,
  octets: ascii(jws.input),
  hash: await hashOf(ascii(jws.input)),
});

/** The refusal of a token that is not in its one form. */
export const notCanonical = () =>
  new Fault(
    "not-canonical",
    "Header or payload is not in evidence's one form: members in their order, no empty lists, spaces or needless escapes.",
  );

/** The same of a record of a key. */
export const notCanonicalRecord = () =>
  new Fault("not-canonical", "Header or payload is not in the one form that records of keys have.");

/** Reads a token of evidence strictly. */
export async function parse(text) {
  const jws = split(text);
  const { kid, typ } = readHeader(jws.header);
  if (!Object.hasOwn(kinds, typ)) {
    throw new Fault("unknown-kind", "The header's typ names no kind of evidence.");
  }
  const statement = readStatement(typ, Members.parse(jws.payload, ""));
  if (jws.input !== inputOf(typ, kid, writeStatement(statement))) {
    throw notCanonical();
  }
  return tokenOf(jws, kid, typ, statement);
}

/** Removes the white space around a token, as its file may have it. */
export const trim = (text) => text.replace(/^[\t-\r \x85\xa0]+|[\t-\r \x85\xa0]+$/g, "");
