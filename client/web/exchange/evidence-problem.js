// @ts-check
// Evidence that does not hold.

import { Problem } from "../service/problem.js";

/** @typedef {{ name: string, passed: boolean, detail: string }} Check */

/** Evidence that does not hold; the check that failed says why. */
export class EvidenceProblem extends Problem {
  /** @param {Check} failed */
  constructor(failed) {
    super("evidence-refused", `${failed.name}: ${failed.detail}`);
    this.check = failed;
  }
}
