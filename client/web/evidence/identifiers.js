// The forms of the values that stand in evidence; each function says whether a text has the form.

import { isOf } from "./bytes.js";

const kilo = 1024n;
export const smallestPart = 5n * kilo * kilo;
export const largestPart = 5n * kilo * kilo * kilo;
export const mostParts = 10000n;

/** A store's name. */
export const isStore = (text) => text.startsWith("urn:fairshare:tds:");

/** A party: a UUID in lower case, or a store's name. */
export const isParty = (text) =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) || /^urn:fairshare:tds:[A-Za-z0-9._:-]{1,100}$/.test(text);

/** An id or a nonce: 128 bits. */
export const isRandom = (text) => isOf(text, 16);

/** A digest, hash, commitment, salt or thumbprint: 256 bits. */
export const isDigest = (text) => isOf(text, 32);

/** An S3 version. */
export const isVersion = (text) => text !== "null" && /^[!-~]{1,1024}$/.test(text);

const restrictedName = "[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}";
const mediaType = new RegExp(`^${restrictedName}/${restrictedName}$`);

/** A media type without parameters (RFC 6838). */
export const isMediaType = (text) => mediaType.test(text);

/** A document's name: one path segment in normalisation form C, without what cannot be seen. */
export const isName = (text) =>
  text !== "" &&
  new TextEncoder().encode(text).length <= 255 &&
  text !== "." &&
  text !== ".." &&
  !/[/\\]/.test(text) &&
  !/[\p{Cc}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u.test(text) &&
  !text.startsWith(" ") &&
  !text.endsWith(" ") &&
  text.normalize("NFC") === text;

/** A reason for an ending. */
export const isReason = (text) => /^[a-z0-9-]{1,64}$/.test(text);

/** Who holds a key. */
export const isHolder = (text) => text === "self" || text === "kms";

/** What the store uses a key of its own for. */
export const isUse = (text) => ["seal", "log", "stamps"].includes(text);

/** An e-mail address, in lower case. */
export const isAddress = (text) =>
  text.length <= 254 &&
  new TextEncoder().encode(text).length <= 254 &&
  text.lastIndexOf("@") > 0 &&
  !text.endsWith("@") &&
  !/[\p{Z}\p{Cc}<>]/u.test(text) &&
  text.normalize("NFC") === text &&
  text.toLowerCase() === text;

/** A time's milliseconds since 1970; null when the text is not yyyy-MM-ddTHH:mm:ss.fffZ. */
export function time(text) {
  if (typeof text !== "string" || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) || text.startsWith("0000")) {
    return null;
  }
  const parsed = new Date(text);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString() === text ? parsed.getTime() : null;
}

/** A time. */
export const isTime = (text) => time(text) !== null;
