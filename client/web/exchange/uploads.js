// @ts-check
// Uploads under way, which a reload, a crash or a closed laptop does not end.

import { encode } from "../evidence/bytes.js";
import { Problem } from "../service/problem.js";
import { digestOf } from "../transfer/digest.js";

/**
 * @typedef {{ id: string, party: string, name: string, mediaType: string, size: number, audience: string[],
 *   disclose?: string, digest: { method: string, value: string, partSize?: number }, parts: string[], key: string, due: string,
 *   version?: string }} Upload
 */

/** The party's uploads that can be gone on with. @param {import("../service/database.js").Database} database @param {string} party @returns {Promise<Upload[]>} */
export async function findUploads(database, party) {
  const own = /** @type {Upload[]} */ (await database.all("uploads")).filter((upload) => upload.party === party);
  for (const ended of own.filter((upload) => Date.parse(upload.due) <= Date.now())) {
    await database.delete("uploads", ended.id);
  }
  return own.filter((upload) => Date.parse(upload.due) > Date.now());
}

/**
 * Whether a picked file is the one that was begun: size, and the digest of its first and last part.
 * @param {Upload} upload @param {File} file
 * @throws {Problem} `other-file`
 */
export async function requireSameFile(upload, file) {
  const { partSize } = upload.digest;
  const same =
    file.size === upload.size &&
    partSize !== undefined &&
    (await hasPart(upload, file, 0)) &&
    (await hasPart(upload, file, upload.parts.length - 1));
  if (!same) {
    throw new Problem("other-file", "This is not the file whose upload was begun.");
  }
}

/** @param {Upload} upload @param {File} file @param {number} at */
async function hasPart(upload, file, at) {
  const { partSize = 0 } = upload.digest;
  return encode(await digestOf(file.slice(at * partSize, (at + 1) * partSize))) === upload.parts[at];
}
