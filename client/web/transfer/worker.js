// @ts-check
// The worker: digests of files that are sent, downloads into the browser's private files, and objects of the vault.

import { digestFile } from "./digest.js";
import { downloadFile } from "./download.js";

/** @type {Record<string, (task: any, progress: (done: number) => void) => Promise<unknown>>} */
const works = {
  digest: digestFile,
  download: downloadFile,
  sealVault: async (task) => (await import("../vault/object.js")).sealObject(task),
  openVault: async (task) => (await import("../vault/object.js")).openObject(task),
  vaultKeys: async (task) => (await import("../vault/keys.js")).deriveKeys(task),
};

addEventListener("message", async ({ data }) => {
  try {
    postMessage({ result: await works[data.work](data, (done) => postMessage({ done })) });
  } catch (fault) {
    const { code, message, status, name } = /** @type {any} */ (fault);
    const known = name === "QuotaExceededError" ? "storage-full" : name === "NotReadableError" ? "file-changed" : "worker-failed";
    postMessage({ fault: { code: typeof code === "string" ? code : known, message: String(message), status: status ?? 0 } });
  }
});
