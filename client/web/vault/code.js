// @ts-check
// What a sender gives to a recipient: a mode and a secret, as P- or L- and 28 symbols in groups of four (docs/vault.md, "Codes").

import { Problem } from "../service/problem.js";

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const dataCount = 26;
const symbolCount = 28;
const modeBits = { P: 1, L: 2 };

/** @typedef {"P" | "L"} Mode P needs a password too; L opens by itself. */
/** `symbols` are the 28 without dashes. @typedef {{ mode: Mode, secret: Uint8Array<ArrayBuffer>, symbols: string, text: string }} VaultCode */

/** @param {Mode} mode @param {Uint8Array<ArrayBuffer>} secret 16 octets. @returns {VaultCode} */
export function codeOf(mode, secret) {
  const octets = [...secret].map((octet) => octet.toString(2).padStart(8, "0"));
  const bits = octets.join("") + modeBits[mode].toString(2).padStart(2, "0");
  const data = Array.from({ length: dataCount }, (_, at) => parseInt(bits.slice(at * 5, at * 5 + 5), 2));
  const symbols = [...data, ...check(data)].map((value) => alphabet[value]).join("");
  return { mode, secret, symbols, text: `${mode}-${/** @type {string[]} */ (symbols.match(/.{4}/g)).join("-")}` };
}

/**
 * Reads a code in either case, with O for 0, I or L for 1, and with dashes and spaces anywhere.
 * @param {string} text
 * @throws {Problem} `invalid-vault-code`
 */
export function parseCode(text) {
  const symbols = text.replace(/[\s\-\u2010-\u2015\u2212]/g, "").toUpperCase();
  const mode = /** @type {Record<string, Mode>} */ ({ P: "P", L: "L", 1: "L", I: "L" })[symbols[0]];
  if (mode === undefined || symbols.length !== symbolCount + 1) {
    throw refuse(`A code has P or L and ${symbolCount} symbols; this has ${symbols.length} letters and digits.`);
  }
  const values = [...symbols.slice(1)].map((symbol) => alphabet.indexOf(symbol.replace("O", "0").replace(/[IL]/, "1")));
  const data = values.slice(0, dataCount);
  if (values.includes(-1)) {
    throw refuse(`Symbol ${values.indexOf(-1) + 1} after the first letter is none that a code can have.`);
  }
  const isWrong = check(data).some((value, at) => value !== values[dataCount + at]);
  if (isWrong || (data[dataCount - 1] & 3) !== modeBits[mode]) {
    throw refuse("A symbol of the code is wrong, or two changed places: its check does not fit.");
  }
  const bits = data.map((value) => value.toString(2).padStart(5, "0")).join("");
  const secret = Uint8Array.from({ length: 16 }, (_, at) => parseInt(bits.slice(at * 8, at * 8 + 8), 2));
  return codeOf(mode, secret);
}

// Reed-Solomon over GF(32), x^5+x^2+1: the remainder after division by x^2 + 3x + 2, symbol by symbol.
/** @param {number[]} data */
function check(data) {
  let [high, low] = [0, 0];
  for (const value of data) {
    const feedback = value ^ high;
    const doubled = (feedback << 1) ^ ((feedback & 16) === 0 ? 0 : 0b100101);
    [high, low] = [low ^ doubled ^ feedback, doubled];
  }
  return [high, low];
}

/** @param {string} message */
const refuse = (message) => new Problem("invalid-vault-code", message);
