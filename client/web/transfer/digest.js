// @ts-check
// The digests of a file: as a whole, or of its parts, because WebCrypto hashes only what is in memory.

import { encode, sha256 } from "../evidence/bytes.js";

const mebi = 1024 * 1024;

/** Up to this size a document goes up in one PUT. */
const singlePut = 16 * mebi;
const smallestPart = 8 * mebi;
const mostParts = 10_000;

/** The part size for a file: whole MiB, such that 10000 parts suffice; null for one PUT. @param {number} size */
export const partSizeFor = (size) => (size <= singlePut ? null : Math.max(smallestPart, Math.ceil(size / mostParts / mebi) * mebi));

/**
 * Reads a file once.
 * @param {{ file: Blob, partSize: number | null }} task
 * @param {(done: number) => void} progress
 * @returns {Promise<{ value: string, parts: string[] }>} The digest, and those of the parts, in base64url; no parts for `sha-256`.
 */
export async function digestFile({ file, partSize }, progress) {
  if (partSize === null) {
    return { value: encode(await digestOf(file)), parts: [] };
  }
  const digests = [];
  for (let at = 0; at < file.size; at += partSize) {
    digests.push(await digestOf(file.slice(at, at + partSize)));
    progress(Math.min(at + partSize, file.size));
  }
  return { value: encode(await digestOf(new Blob(digests))), parts: digests.map(encode) };
}

/** SHA-256 of what fits into memory. @param {Blob} blob @returns {Promise<Uint8Array<ArrayBuffer>>} */
export const digestOf = async (blob) => sha256(await blob.arrayBuffer());
