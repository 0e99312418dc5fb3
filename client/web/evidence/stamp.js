// Time stamps (RFC 3161 in CMS, RFC 5652), signed with ECDSA on P-256 and SHA-256.

import { encode, same, sha256 } from "./bytes.js";
import { Der, DerFault } from "./der.js";
import { isPoint, thumbprint, verify } from "./keys.js";

const oids = {
  sha256: "608648016503040201",
  ecdsaWithSha256: "2a8648ce3d040302",
  signedData: "2a864886f70d010702",
  tstInfo: "2a864886f70d0109100104",
  contentType: "2a864886f70d010903",
  messageDigest: "2a864886f70d010904",
  signingCertificateV2: "2a864886f70d010910022f",
};

// SubjectPublicKeyInfo of P-256 with an uncompressed point (RFC 5480).
const keyPrefix = [48, 89, 48, 19, 6, 7, 42, 134, 72, 206, 61, 2, 1, 6, 8, 42, 134, 72, 206, 61, 3, 1, 7, 3, 66, 0, 4];

/** Reads an answer of an authority, and verifies its signature; null when it is not a stamp whose signature verifies. */
export async function readStamp(bytes) {
  try {
    return await new Answer(bytes).read();
  } catch (fault) {
    if (fault instanceof DerFault) {
      return null;
    }
    throw fault;
  }
}

class Answer {
  #outer;

  constructor(bytes) {
    this.#outer = new Der(bytes);
  }

  async read() {
    const answer = this.#outer.sequence();
    this.#outer.end();
    const status = answer.sequence().integer();
    require(status.length === 1 && status[0] <= 1);
    const token = new Der(answer.read().whole);
    answer.end();
    const content = inside(token.sequence(), oids.signedData).sequence();
    content.integer();
    content.read();
    const info = inside(content.sequence(), oids.tstInfo).octets();
    const certificates = readAll(content.set(false, 0xa0));
    const signer = content.set().sequence();
    content.end();
    const certificate = await requireSignature(signer, info, certificates);
    return { ...readInfo(info), key: await thumbprint(certificate.jwk) };
  }
}

const inside = (sequence, type) => {
  require(sequence.oid() === type);
  return sequence.sequence(0xa0);
};

function readAll(set) {
  const values = [];
  while (!set.isEmpty) {
    values.push(set.read().whole);
  }
  return values;
}

function readCertificate(der) {
  const outer = new Der(der);
  const signed = outer.sequence().sequence();
  outer.end();
  if (signed.tag === 0xa0) {
    signed.read();
  }
  signed.integer();
  for (let skipped = 0; skipped < 4; skipped++) {
    signed.read();
  }
  const info = signed.read().whole;
  const point = info.subarray(keyPrefix.length);
  require(same(info.subarray(0, keyPrefix.length), Uint8Array.from(keyPrefix)) && point.length === 64);
  const jwk = { x: encode(point.subarray(0, 32)), y: encode(point.subarray(32)) };
  require(isPoint(jwk));
  return { jwk };
}

/** Gives the certificate that the signature names, among those of its issuers. */
async function requireSignature(signer, info, certificates) {
  signer.integer();
  signer.read();
  requireAlgorithm(signer, oids.sha256);
  const signed = Uint8Array.from(signer.read().whole);
  requireAlgorithm(signer, oids.ecdsaWithSha256);
  const signature = fromDer(signer.octets());
  signer.end();
  // What is signed is a SET, although it stands under another tag (RFC 5652, section 5.4).
  signed[0] = 0x31;
  const values = readAttributes(signed);
  require(values.get(oids.contentType)?.oid() === oids.tstInfo);
  require(same(values.get(oids.messageDigest)?.octets() ?? [], await sha256(info)));
  const certificate = await findNamed(values.get(oids.signingCertificateV2), certificates);
  require(await verify(certificate.jwk, signed, signature));
  return certificate;
}

function readAttributes(signed) {
  const values = new Map();
  const attributes = new Der(signed).set();
  while (!attributes.isEmpty) {
    const attribute = attributes.sequence();
    values.set(attribute.oid(), attribute.set());
  }
  return values;
}

// ESSCertIDv2 without an algorithm is one of SHA-256 (RFC 5816).
async function findNamed(value, certificates) {
  const first = value?.sequence().sequence().sequence();
  require(first !== undefined);
  if (first.tag === 0x30) {
    requireAlgorithm(first, oids.sha256);
  }
  const hash = first.octets();
  for (const der of certificates) {
    if (same(hash, await sha256(der))) {
      return readCertificate(der);
    }
  }
  throw new DerFault();
}

function readInfo(info) {
  const reader = new Der(info).sequence();
  reader.integer();
  reader.oid();
  const imprint = reader.sequence();
  const algorithm = imprint.sequence();
  require(algorithm.oid() === oids.sha256);
  if (!algorithm.isEmpty) {
    require(algorithm.read(0x05).content.length === 0);
  }
  const hash = imprint.octets();
  imprint.end();
  require(algorithm.isEmpty && hash.length === 32);
  reader.integer();
  return { imprint: encode(hash), time: readTime(reader.read(0x18).content) };
}

// GeneralizedTime, of which milliseconds are kept.
function readTime(octets) {
  const text = String.fromCharCode(...octets);
  const [, year, month, day, hour, minute, second, fraction] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d*[1-9]))?Z$/.exec(text) ?? [];
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}.${(fraction ?? "").padEnd(3, "0").slice(0, 3)}Z`;
  const time = new Date(written);
  require(year !== undefined && !Number.isNaN(time.getTime()) && time.toISOString() === written);
  return time.getTime();
}

function requireAlgorithm(reader, oid) {
  require(reader.sequence().oid() === oid);
}

// R‖S of two positive integers.
function fromDer(der) {
  const outer = new Der(der);
  const numbers = outer.sequence();
  const both = [numbers.integer(), numbers.integer()];
  numbers.end();
  outer.end();
  const signature = new Uint8Array(64);
  both.forEach((number, place) => {
    const digits = number[0] === 0 ? number.subarray(1) : number;
    require(number[0] < 128 && digits.length > 0 && digits.length <= 32);
    signature.set(digits, 32 * place + 32 - digits.length);
  });
  return signature;
}

function require(holds) {
  if (!holds) {
    throw new DerFault();
  }
}
