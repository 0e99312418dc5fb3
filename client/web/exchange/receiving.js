// @ts-check
// Step 8: the document, which is offered for saving only when its evidence holds and its digest agrees.

import { findFile } from "../transfer/place.js";
import { runWork } from "../transfer/work.js";
import { Problem } from "../service/problem.js";
import { EvidenceProblem } from "./evidence-problem.js";
import { requireBundle } from "./judgement.js";

/**
 * Downloads and checks the document of a completed exchange; what an earlier attempt has is not fetched again.
 * @param {import("./party.js").Party} party @param {any} verdict Of the exchange's bundle.
 * @param {(done: number) => void} progress @param {AbortSignal} signal
 * @returns {Promise<Blob>} The document, to be saved.
 * @throws {EvidenceProblem} The evidence does not hold: nothing is downloaded.
 * @throws {Problem} `document-differs`: nothing is kept.
 */
export async function receive(party, verdict, progress, signal) {
  requireBundle(verdict);
  const { exch, doc } = { exch: verdict.statement.exch, doc: verdict.document };
  if (verdict.state !== "Completed" || doc.digest === undefined) {
    throw new EvidenceProblem({ name: "exchange.state", passed: false, detail: "the exchange has not completed" });
  }
  const order = {
    work: "download",
    name: exch,
    size: Number(doc.size),
    partSize: doc.partSize === undefined ? null : Number(doc.partSize),
    digest: doc.digest,
  };
  for (let attempt = 1; ; attempt++) {
    try {
      const { filePath: url } = await party.api.post(`/exchanges/${exch}/download`);
      const { blob } = await runWork({ ...order, url }, progress, signal);
      const file = blob ?? (await findFile(exch));
      if (file === null) {
        throw new Problem("no-storage", "The browser has removed the document.");
      }
      return file;
    } catch (problem) {
      if (attempt === 3 || /** @type {Problem} */ (problem).code !== "url-expired") {
        throw problem;
      }
    }
  }
}

/** Offers a verified document, or evidence, for saving; never as something that a browser would show. @param {Blob} file @param {string} name */
export function save(file, name) {
  const url = URL.createObjectURL(file.slice(0, file.size, "application/octet-stream"));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
