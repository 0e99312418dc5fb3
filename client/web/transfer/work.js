// @ts-check
// Runs work on files in a worker of its own, so that the page stays alive meanwhile.

import { Problem, requireRunning } from "../service/problem.js";

/** @typedef {{ createScriptURL: (url: string) => any }} ScriptPolicy */

const trusted = /** @type {any} */ (globalThis).trustedTypes;

// The one script that the page may start besides its own.
const workerUrl = new URL("worker.js", import.meta.url).href;

/** @type {ScriptPolicy | undefined} */
const policy = trusted?.createPolicy("fairshare", {
  createScriptURL: (/** @type {string} */ url) => {
    if (url !== workerUrl) {
      throw new TypeError(`The page runs no script of ${url}.`);
    }
    return url;
  },
});

/**
 * Runs one piece of work; its worker ends with it.
 * @param {Record<string, unknown>} task `work` names it.
 * @param {(done: number) => void} progress Told how many octets are done.
 * @param {AbortSignal} [signal] Ends it.
 * @returns {Promise<any>}
 */
export function runWork(task, progress, signal) {
  return new Promise((resolve, reject) => {
    requireRunning(signal);
    const worker = new Worker(policy?.createScriptURL(workerUrl) ?? workerUrl, { type: "module" });
    const end = (/** @type {() => void} */ then) => {
      worker.terminate();
      then();
    };
    worker.onmessage = ({ data }) => {
      if ("done" in data) {
        progress(data.done);
      } else if ("fault" in data) {
        end(() => reject(new Problem(data.fault.code, data.fault.message, data.fault.status)));
      } else {
        end(() => resolve(data.result));
      }
    };
    worker.onerror = () => end(() => reject(new Problem("worker-failed", "The browser could not work on the file.")));
    signal?.addEventListener("abort", () => end(() => reject(new Problem("stopped", "It was stopped."))));
    worker.postMessage(task);
  });
}
