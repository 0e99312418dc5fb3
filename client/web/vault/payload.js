// @ts-check
// What is encrypted: zstd frames (RFC 8878) and padding to a Padmé length, so that a length tells little (docs/vault.md, "The object").

import { ascii, joined, latin1 } from "../evidence/bytes.js";
import { Problem } from "../service/problem.js";

const blockLength = 128 << 10;
const frameHeaderLength = 8;

// Magic, a descriptor without content size and checksum, and a window of 128 KiB.
const rawFrame = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38);
const paddingMagic = Uint8Array.of(0x5f, 0x2a, 0x4d, 0x18);
const pipeMagic = Uint8Array.of(0x5e, 0x2a, 0x4d, 0x18);
const pipeMark = ascii("fairshare.vault.v1 pipe");

/** One frame of raw blocks, as nothing is compressed here, and padding. @param {Uint8Array} content */
export function wrap(content) {
  /** @type {Uint8Array[]} */
  const pieces = [rawFrame];
  for (let at = 0; at === 0 || at < content.length; at += blockLength) {
    const block = content.subarray(at, at + blockLength);
    const header = (block.length << 3) | (at + blockLength >= content.length ? 1 : 0);
    pieces.push(Uint8Array.of(header, header >> 8, header >> 16), block);
  }
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return joined(...pieces, ...padding(paddedLength(length) - length));
}

/**
 * @param {Uint8Array} payload
 * @param {number} limit The most octets that it may become.
 * @returns {Promise<{ isPipe: boolean, content: Uint8Array<ArrayBuffer> }>}
 * @throws {Problem} `vault-payload-malformed`, `vault-payload-too-large`
 */
export async function unwrap(payload, limit) {
  const { Decompress } = await import(new URL("../vendor/fzstd/index.mjs", import.meta.url).href);
  /** @type {Uint8Array[]} */
  const pieces = [];
  let length = 0;
  const stream = new Decompress((/** @type {Uint8Array} */ piece) => {
    length += piece.length;
    if (length > limit) {
      throw new Problem("vault-payload-too-large", `The content is larger than ${limit} octets.`);
    }
    pieces.push(piece.slice());
  });
  try {
    // In small pieces, so that what expands too far is noticed before it has.
    for (let at = 0; at < payload.length; at += blockLength) {
      stream.push(payload.subarray(at, at + blockLength), at + blockLength >= payload.length);
    }
  } catch (fault) {
    throw fault instanceof Problem ? fault : new Problem("vault-payload-malformed", "The content is not zstd, or is cut off.");
  }
  const start = joined(pipeMagic, Uint8Array.of(pipeMark.length, 0, 0, 0), pipeMark);
  return { isPipe: latin1(payload.subarray(0, start.length)) === latin1(start), content: joined(...pieces) };
}

/** The next Padmé length that can be reached with skippable frames, which take 8 octets at least. @param {number} length */
export function paddedLength(length) {
  const next = padme(length);
  return next > length && next < length + frameHeaderLength ? padme(length + frameHeaderLength) : next;
}

/** @param {number} length 2 or more, below 2^31. */
function padme(length) {
  const exponent = Math.floor(Math.log2(length));
  const step = 2 ** (exponent - (Math.floor(Math.log2(exponent)) + 1));
  return Math.ceil(length / step) * step;
}

/** @param {number} length 0, or 8 and more. */
function padding(length) {
  if (length === 0) {
    return [];
  }
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, length - frameHeaderLength, true);
  return [paddingMagic, size, new Uint8Array(length - frameHeaderLength)];
}
