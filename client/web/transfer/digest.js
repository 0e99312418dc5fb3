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
  for await (const part of partsOf(file, partSize)) {
    digests.push(await sha256(part));
    progress(Math.min(digests.length * partSize, file.size));
  }
  return { value: encode(await digestOf(new Blob(digests))), parts: digests.map(encode) };
}

/**
 * One part after the other, each in the memory of the one before: else parts of a large file that the browser has not collected yet
 * would fill it.
 * @param {Blob} file @param {number} partSize
 * @returns {AsyncGenerator<Uint8Array<ArrayBuffer>>} Each good until the next is asked for.
 */
async function* partsOf(file, partSize) {
  const reader = readerOf(file);
  let buffer = new ArrayBuffer(partSize);
  for (let at = 0; at < file.size; at += partSize) {
    const size = Math.min(partSize, file.size - at);
    if (reader === null) {
      yield new Uint8Array(await file.slice(at, at + size).arrayBuffer());
    } else {
      buffer = await fill(reader, buffer, size);
      yield new Uint8Array(buffer, 0, size);
    }
  }
}

// Not every browser reads files into memory that it is given.
/** @param {Blob} file */
function readerOf(file) {
  try {
    return file.stream().getReader({ mode: "byob" });
  } catch {
    return null;
  }
}

/** @param {ReadableStreamBYOBReader} reader @param {ArrayBuffer} buffer Taken over. @param {number} size @returns {Promise<ArrayBuffer>} */
async function fill(reader, buffer, size) {
  for (let filled = 0; filled < size; ) {
    const { value } = await reader.read(new Uint8Array(buffer, filled, size - filled));
    if (value === undefined || value.length === 0) {
      throw new DOMException("The file is shorter than it was.", "NotReadableError");
    }
    filled += value.length;
    buffer = /** @type {ArrayBuffer} */ (value.buffer);
  }
  return buffer;
}

/** SHA-256 of what fits into memory. @param {Blob} blob @returns {Promise<Uint8Array<ArrayBuffer>>} */
export const digestOf = async (blob) => sha256(await blob.arrayBuffer());
