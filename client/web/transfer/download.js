// @ts-check
// Downloads a document by ranges into the browser's private files, and hashes it on the way. Runs in the worker.

import { encode, sha256 } from "../evidence/bytes.js";
import { Problem } from "../service/problem.js";
import { problemOf } from "./object-store.js";
import { openPlace } from "./place.js";

const chunk = 8 * 1024 * 1024;

/**
 * Takes what is missing; what is there from an earlier attempt is hashed again and not fetched.
 * @param {{ url: string, name: string, size: number, partSize: number | null, digest: string }} task
 * @param {(done: number) => void} progress
 * @returns {Promise<{ blob: Blob | null }>} The document, where there is no place for private files.
 * @throws {Problem} `document-differs`: nothing is kept of it. `url-expired`: another URL goes on with it.
 */
export async function downloadFile({ url, name, size, partSize, digest }, progress) {
  const step = partSize ?? chunk;
  const place = await openPlace(name, size);
  try {
    const hash = partSize === null ? await wholeHash(size) : partsHash();
    const kept = Math.floor(Math.min(place.length(), size) / step) * step;
    for (let at = 0; at < size; at += step) {
      const end = Math.min(at + step, size);
      const octets = end <= kept ? place.read(at, end - at) : await fetchRange(url, at, end);
      if (end > kept) {
        place.write(octets, at);
      }
      await hash.add(octets);
      progress(end);
    }
    place.truncate(size);
    if (encode(await hash.finish()) !== digest) {
      await place.remove();
      throw new Problem("document-differs", "What the store gives is not the document of the evidence of origin.");
    }
    return { blob: place.blob() };
  } finally {
    place.close();
  }
}

/** @param {string} url @param {number} at @param {number} end */
async function fetchRange(url, at, end) {
  const headers = { range: `bytes=${at}-${end - 1}` };
  const response = await fetch(url, { headers, credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer" }).catch(() => null);
  if (response === null) {
    throw new Problem("unreachable", "The object store cannot be reached.");
  }
  if (response.status === 403) {
    throw new Problem("url-expired", "The download's address has expired.", 403);
  }
  if (!response.ok) {
    throw problemOf(await response.text(), response.status);
  }
  const octets = new Uint8Array(await response.arrayBuffer());
  if (octets.length !== end - at) {
    throw new Problem("document-differs", "The store gives another number of bytes than the evidence of origin says.");
  }
  return octets;
}

/** @typedef {{ add: (octets: Uint8Array<ArrayBuffer>) => Promise<void> | void, finish: () => Promise<Uint8Array> }} Hash */

/** The digest of the digests of the parts. @returns {Hash} */
function partsHash() {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const digests = [];
  return {
    add: async (octets) => {
      digests.push(await sha256(octets));
    },
    finish: async () => sha256(await new Blob(digests).arrayBuffer()),
  };
}

// Whoever sends by other means may send much in one PUT, and WebCrypto hashes only what is in memory.
/** @param {number} size @returns {Promise<Hash>} */
async function wholeHash(size) {
  if (size <= chunk) {
    /** @type {Uint8Array<ArrayBuffer>} */
    let whole = new Uint8Array();
    return { add: (octets) => void (whole = octets), finish: () => sha256(whole) };
  }
  const { sha256: stream } = await import(new URL("../vendor/noble-hashes/sha2.js", import.meta.url).href);
  const state = stream.create();
  return { add: (octets) => void state.update(octets), finish: async () => state.digest() };
}
