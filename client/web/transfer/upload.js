// @ts-check
// Uploads a file in the way that the service granted: in one PUT, or by parts, what the object store already has left out.

import { decode } from "../evidence/bytes.js";
import { completeUpload, listParts, send, versionOf } from "./object-store.js";

const parallel = 3;
const partsPerRequest = 24;

/**
 * @param {import("../service/api.js").Api} api
 * @param {any} grant What the service granted.
 * @param {Blob} file
 * @param {string[]} parts The digests of the parts.
 * @param {(sent: number) => void} progress
 * @param {AbortSignal} signal
 * @returns {Promise<string>} The object's version.
 */
export async function uploadFile(api, grant, file, parts, progress, signal) {
  if (grant.upload.multipart) {
    return new PartsUpload(api, grant, file, parts, progress, signal).run();
  }
  return versionOf(await send(grant.upload, file, progress, signal));
}

class PartsUpload {
  /** @type {Map<number, string>} */
  #tags = new Map();
  /** @type {Map<number, number>} */
  #sent = new Map();

  /**
   * @param {import("../service/api.js").Api} api @param {any} grant @param {Blob} file @param {string[]} digests
   * @param {(sent: number) => void} progress @param {AbortSignal} signal
   */
  constructor(api, grant, file, digests, progress, signal) {
    this.api = api;
    this.grant = grant;
    this.way = grant.upload.multipart;
    this.file = file;
    this.digests = digests;
    this.progress = progress;
    this.signal = signal;
  }

  async run() {
    await this.#findStored();
    this.#report();
    const missing = this.digests.map((_, at) => at + 1).filter((number) => !this.#tags.has(number));
    for (let at = 0; at < missing.length; at += partsPerRequest) {
      const batch = missing.slice(at, at + partsPerRequest).map((number) => ({ number, digest: this.digests[number - 1] }));
      const { parts } = await this.api.post(`/documents/${this.grant.fileId}/parts`, { parts: batch });
      const queue = [...parts];
      await Promise.all(Array.from({ length: parallel }, () => this.#putAll(queue)));
    }
    const stored = this.digests.map((digest, at) => ({ number: at + 1, checksum: base64(digest), tag: this.#tags.get(at + 1) ?? "" }));
    return completeUpload(this.way, stored);
  }

  async #findStored() {
    for (const [number, { checksum, tag }] of await listParts(this.way.partsUrl)) {
      if (number >= 1 && number <= this.digests.length && checksum === base64(this.digests[number - 1])) {
        this.#tags.set(number, tag);
        this.#sent.set(number, this.#partOf(number).size);
      }
    }
  }

  /** @param {any[]} queue */
  async #putAll(queue) {
    for (let part = queue.shift(); part !== undefined; part = queue.shift()) {
      const { number } = part;
      const answer = await send(part, this.#partOf(number), (sent) => this.#note(number, sent), this.signal);
      this.#tags.set(number, answer.header("etag") ?? "");
      this.#note(number, this.#partOf(number).size);
    }
  }

  /** @param {number} number */
  #partOf(number) {
    return this.file.slice((number - 1) * this.way.partSize, number * this.way.partSize);
  }

  /** @param {number} number @param {number} sent */
  #note(number, sent) {
    this.#sent.set(number, sent);
    this.#report();
  }

  #report() {
    this.progress([...this.#sent.values()].reduce((sum, sent) => sum + sent, 0));
  }
}

/** @param {string} digest In base64url. */
const base64 = (digest) => btoa(String.fromCharCode(...(decode(digest) ?? [])));
