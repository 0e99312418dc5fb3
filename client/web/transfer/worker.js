// @ts-check
// The worker: digests of files that are sent, and downloads into the browser's private files.

import { digestFile } from "./digest.js";
import { downloadFile } from "./download.js";

/** @type {Record<string, (task: any, progress: (done: number) => void) => Promise<unknown>>} */
const works = { digest: digestFile, download: downloadFile };

addEventListener("message", async ({ data }) => {
  try {
    postMessage({ result: await works[data.work](data, (done) => postMessage({ done })) });
  } catch (fault) {
    const { code, message, status, name } = /** @type {any} */ (fault);
    const known = name === "QuotaExceededError" ? "storage-full" : name === "NotReadableError" ? "file-changed" : "worker-failed";
    postMessage({ fault: { code: typeof code === "string" ? code : known, message: String(message), status: status ?? 0 } });
  }
});
