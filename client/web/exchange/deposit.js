// @ts-check
// Steps 1 to v: announces a document, uploads it, and hands in the evidence of origin.

import { Problem, requireRunning } from "../service/problem.js";
import { randomText } from "../service/random.js";
import { partSizeFor } from "../transfer/digest.js";
import { uploadFile } from "../transfer/upload.js";
import { runWork } from "../transfer/work.js";
import { issueOrigin } from "./issue.js";
import { requireHolds } from "./judgement.js";
import { requireSameFile } from "./uploads.js";

/** @typedef {import("./party.js").Party} Party */
/** @typedef {import("./uploads.js").Upload} Upload */
/**
 * @typedef {{ phase: (name: "hashing" | "uploading" | "signing", done: number) => void, begun: (upload: string) => void,
 *   signal: AbortSignal }} Watch
 */

/**
 * Sends a file.
 * @param {Party} party
 * @param {{ file: File, audience: string[], disclose: boolean }} order
 * @param {Watch} watch
 * @returns {Promise<{ fileId: string, nro: string, receipt: string }>}
 */
export async function sendFile(party, { file, audience, disclose }, watch) {
  party.api.requireClock();
  if (file.size === 0) {
    throw new Problem("empty-document", "The file is empty.");
  }
  const partSize = partSizeFor(file.size);
  const task = { work: "digest", file, partSize };
  const { value, parts } = await runWork(task, (done) => watch.phase("hashing", done), watch.signal);
  const method = partSize === null ? "sha-256" : "sha-256-parts";
  /** @type {Omit<Upload, "id" | "due">} */
  const begun = {
    party: party.id,
    name: file.name.normalize("NFC"),
    mediaType: mediaTypeOf(file),
    size: file.size,
    audience,
    digest: { method, value, ...(partSize === null ? {} : { partSize }) },
    parts,
    key: randomText(16),
    ...(disclose ? { disclose: "digest" } : {}),
  };
  return deposit(party, begun, file, watch);
}

/** Goes on with an upload, with the file picked again. @param {Party} party @param {Upload} upload @param {File} file @param {Watch} watch */
export async function resumeUpload(party, upload, file, watch) {
  party.api.requireClock();
  await requireSameFile(upload, file);
  return deposit(party, upload, file, watch);
}

/** @param {Party} party @param {Omit<Upload, "id" | "due">} begun @param {File} file @param {Watch} watch */
async function deposit(party, begun, file, watch) {
  const { name, mediaType, size, digest, audience, disclose } = begun;
  const key = await party.requireKey();
  requireRunning(watch.signal);
  const announced = { name, mediaType, size, digest, audience, ...(disclose === undefined ? {} : { disclose }) };
  const grant = await party.api.post("/documents", announced, begun.key);
  /** @type {Upload} */
  const upload = { ...begun, id: grant.fileId, due: grant.due };
  // One PUT is simply sent again; parts are worth keeping.
  if (upload.parts.length > 0) {
    await party.database.put("uploads", upload);
    watch.begun(upload.id);
  }
  const version = upload.version ?? (await uploadOnce(party, grant, upload, file, watch));
  if (upload.parts.length > 0) {
    await party.database.put("uploads", { ...upload, version });
  }
  requireRunning(watch.signal);
  watch.phase("signing", 0);
  const deposited = await handIn(party, key, grant, upload, version);
  await party.database.delete("uploads", upload.id);
  return deposited;
}

// Where an attempt before this one arrived and its answer was lost, the service knows which version it made.
/** @param {Party} party @param {any} grant @param {Upload} upload @param {File} file @param {Watch} watch */
async function uploadOnce(party, grant, upload, file, watch) {
  try {
    return await uploadFile(party.api, grant, file, upload.parts, (sent) => watch.phase("uploading", sent), watch.signal);
  } catch (problem) {
    const { code, status } = /** @type {Problem} */ (problem);
    if (status === 412 || code === "NoSuchUpload") {
      const { version } = await party.api.get(`/documents/${grant.fileId}`);
      if (version) {
        return version;
      }
    }
    if (code === "BadDigest" || code === "XAmzContentChecksumMismatch") {
      await party.database.delete("uploads", upload.id);
      throw new Problem("file-changed", "The file changed while it was read.");
    }
    throw problem;
  }
}

/** @param {Party} party @param {any} key @param {any} grant @param {Upload} upload @param {string} version */
async function handIn(party, key, grant, upload, version) {
  const { method, partSize, value } = upload.digest;
  const doc = {
    ...{ id: grant.fileId, version, name: upload.name, type: upload.mediaType, size: BigInt(upload.size), method },
    ...(partSize === undefined ? {} : { partSize: BigInt(partSize) }),
    digest: value,
  };
  party.api.requireClock();
  const gen = timeOfOrigin(grant.announcedAt);
  const stated = { orig: party.id, rcpt: upload.audience, ttp: party.store, doc, nonce: grant.nonce, gen, disclose: upload.disclose };
  const nro = await issueOrigin(key, stated);
  const body = { filePath: grant.filePath, nonce: grant.nonce, signature: nro };
  const { receipt } = await party.api.post(`/documents/${grant.fileId}/origin`, body);
  const keys = await party.directory.with(await party.directory.keysOf(party.id));
  await requireHolds({ nro, receipt }, keys, party.anchor);
  return { fileId: grant.fileId, nro, receipt };
}

// A clock that is a little slow must not make evidence from before the announcement: the service, and every verifier, refuse that.
/** @param {string} announcedAt */
const timeOfOrigin = (announcedAt) => new Date(Math.max(Date.now(), Date.parse(announcedAt))).toISOString();

const mediaType = /^[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}\/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}$/;

/** @param {File} file */
const mediaTypeOf = (file) => (mediaType.test(file.type) ? file.type : "application/octet-stream");
