// Octets and their texts. Works in browsers and in Node alike.

const symbols = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Base64url without padding (RFC 7515, section 2). */
export function encode(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const three = (bytes[at] << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const four = [18, 12, 6, 0].map((shift) => symbols[(three >> shift) & 63]).join("");
    text += left >= 3 ? four : four.slice(0, left + 1);
  }
  return text;
}

/** Decodes base64url; null for padding, other symbols, and trailing bits that are not zero. */
export function decode(text) {
  const tail = text.length % 4;
  if (tail === 1 || !/^[A-Za-z0-9_-]*$/.test(text)) {
    return null;
  }
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let [bits, held, at] = [0, 0, 0];
  for (const symbol of text) {
    bits = ((bits << 6) | symbols.indexOf(symbol)) & 0x3fff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[at++] = (bits >> held) & 255;
    }
  }
  return (bits & ((1 << held) - 1)) === 0 ? bytes : null;
}

/** Whether the text is base64url of exactly so many octets. */
export const isOf = (text, length) => typeof text === "string" && decode(text)?.length === length;

/** Text whose characters are octets. */
export function latin1(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return text;
}

/** The octets of ASCII text. */
export const ascii = (text) => Uint8Array.from(text, (symbol) => symbol.charCodeAt(0));

/** The octets of text in UTF-8. */
export const utf8 = (text) => new TextEncoder().encode(text);

/** Octets one behind the other. @param {...Uint8Array} pieces */
export function joined(...pieces) {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** Text of UTF-8; null when the octets are none. A byte order mark is kept. */
export function fromUtf8(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Whether both hold the same octets. */
export const same = (left, right) => left.length === right.length && left.every((byte, at) => byte === right[at]);

/** SHA-256. */
export const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

/** SHA-256 as 43 characters of base64url. */
export const hashOf = async (bytes) => encode(await sha256(bytes));

/** HMAC-SHA-256 (RFC 2104). */
export async function hmac(key, message) {
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, message));
}
