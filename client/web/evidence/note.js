// Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint, tlog-cosignature).

import { encode, hashOf, sha256, utf8 } from "./bytes.js";

/** What is wrong with a note, a checkpoint or a proof, by its code. */
export class LogFault extends Error {}

const [noteLimit, lineLimit, signatureLimit] = [64 * 1024, 8 * 1024, 100];
const dash = "\u2014 ";

/** Base64 with padding, in its one form; null for anything else. */
export function fromBase64(text) {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) {
    return null;
  }
  const bytes = Uint8Array.from(atob(text), (symbol) => symbol.charCodeAt(0));
  return toBase64(bytes) === text ? bytes : null;
}

/** Base64 with padding. */
export const toBase64 = (bytes) => btoa(String.fromCharCode(...bytes));

/** Reads a verifier key: name, id in eight hexadecimal digits, and kind with key in base64, joined by a plus. */
export async function parseKey(text) {
  const [name, id, ...rest] = text.split("+");
  const material = fromBase64(rest.join("+"));
  if (!isName(name) || material?.length !== 33 || (material[0] !== 1 && material[0] !== 4)) {
    throw new LogFault("invalid-note-key");
  }
  const hash = await sha256(Uint8Array.from([...utf8(`${name}\n`), ...material]));
  const number = [...hash.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (id !== number) {
    throw new LogFault("invalid-note-key");
  }
  return { text, name, id, kind: material[0], key: material.subarray(1) };
}

/** The RFC 7638 thumbprint of a verifier key's Ed25519 key as a JWK (RFC 8037): the same under any name. */
export async function thumbprintOf(text) {
  const { key } = await parseKey(text);
  return hashOf(utf8(JSON.stringify({ crv: "Ed25519", kty: "OKP", x: encode(key) })));
}

/** Reads a note. Nothing of it counts before it is opened. */
export function parseNote(text) {
  const end = text.lastIndexOf("\n\n");
  if (end < 0 || !text.endsWith("\n")) {
    throw new LogFault("invalid-note");
  }
  const lines = text.slice(end + 2).split("\n").slice(0, -1);
  const [body, signatures] = [text.slice(0, end + 1), lines.slice(0, signatureLimit + 1).map(parseSignature)];
  const isText = body.length <= noteLimit && !/[\0-\x09\x0b-\x1f]/.test(body);
  if (!isText || signatures.length === 0 || signatures.length > signatureLimit) {
    throw new LogFault("invalid-note");
  }
  return { text: body, signatures };
}

/** The note with the lines of one key alone. */
export const onlyOf = ({ text, signatures }, key) =>
  `${text}\n${signatures.filter((line) => isOf(line, key)).map((line) => `${dash}${line.name} ${line.base64}\n`).join("")}`;

/** Verifies a key's signature on a note; those of other keys are ignored. */
export async function openNote(note, key) {
  const line = note.signatures.find((signature) => isOf(signature, key));
  if (line === undefined) {
    throw new LogFault("unsigned-note");
  }
  if (!(await verifies(note.text, key, line.octets))) {
    throw new LogFault("bad-note-signature");
  }
  return line;
}

/** Opens a checkpoint of the log whose key it is. */
export async function openCheckpoint(note, key) {
  await openNote(note, key);
  const [origin, size, root, ...more] = note.text.slice(0, -1).split("\n");
  const hash = fromBase64(root ?? "");
  const isSize = /^(0|[1-9][0-9]*)$/.test(size ?? "") && BigInt(size) < 2n ** 63n;
  if (origin === "" || !isSize || hash?.length !== 32 || more.includes("")) {
    throw new LogFault("invalid-checkpoint");
  }
  if (origin !== key.name) {
    throw new LogFault("wrong-origin");
  }
  return { origin, size: BigInt(size), root: hash };
}

/** When a cosignature says to have been made, in milliseconds; null for a line that has no time, or an impossible one. */
export function cosignedAt({ octets }) {
  const seconds = octets.length === 72 ? number(octets) : null;
  return seconds === null || seconds > 253402300799n ? null : Number(seconds) * 1000;
}

function parseSignature(line) {
  const [name, base64, ...more] = line.startsWith(dash) ? line.slice(dash.length).split(" ") : [];
  const octets = base64 === undefined ? null : fromBase64(base64);
  if (line.length > lineLimit || !isName(name ?? "") || more.length > 0 || octets === null || octets.length <= 4) {
    throw new LogFault("invalid-note");
  }
  const id = [...octets.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return { name, base64, id, octets: octets.subarray(4) };
}

async function verifies(text, { kind, key }, octets) {
  if (kind === 1) {
    return ed25519(key, utf8(text), octets);
  }
  return octets.length === 72 && ed25519(key, utf8(`cosignature/v1\ntime ${number(octets)}\n${text}`), octets.subarray(8));
}

async function ed25519(key, message, signature) {
  const imported = await crypto.subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
  return signature.length === 64 && crypto.subtle.verify({ name: "Ed25519" }, imported, signature, message);
}

const number = (octets) => octets.subarray(0, 8).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);

const isName = (name) => name !== "" && !/[\s+\u0085]/.test(name);

const isOf = (line, key) => line.name === key.name && line.id === key.id;

