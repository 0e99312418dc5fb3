// @ts-check
// Randomness of the browser's cryptography.

import { encode } from "../evidence/bytes.js";

/** So many random octets. @param {number} length */
export const randomOctets = (length) => crypto.getRandomValues(new Uint8Array(length));

/** So many random octets, as base64url. @param {number} length */
export const randomText = (length) => encode(randomOctets(length));
