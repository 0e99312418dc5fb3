// @ts-check
// What the page believes: evidence of which every check holds, sealed with a key that this browser pinned.

import { verifyTokens } from "../evidence/exchange.js";
import { History } from "../evidence/history.js";
import { checkStore } from "../evidence/store.js";
import { EvidenceProblem } from "./evidence-problem.js";

/** @typedef {import("./evidence-problem.js").Check} Check */

// Tokens alone are judged here; certificates of keys come with bundles.
const noCertificates = new Map();

/**
 * Requires that tokens hold by themselves.
 * @param {Record<string, string>} tokens @param {import("../keys/directory.js").Keys} keys @param {any} anchor
 * @param {string[]} [successions] What the store stated of its own keys.
 * @throws {EvidenceProblem}
 */
export async function requireHolds(tokens, keys, anchor, successions = []) {
  const history = await History.verify(successions.join("\n"), keys);
  const verdict = await verifyTokens(tokens, history.keys);
  /** @type {Check[]} */
  const checks = [...verdict.checks, ...history.checks];
  const store = verdict.statement?.ttp ?? "";
  const believed = store === "" ? null : await checkStore(store, [anchor], tokens, noCertificates, history, checks);
  requireAll(checks, believed);
}

/**
 * Requires that a bundle holds, and that the pinned store vouches for it.
 * @param {any} verdict What `verifyBundle` found.
 * @throws {EvidenceProblem}
 */
export const requireBundle = (verdict) => requireAll(verdict.checks, verdict.anchor);

/** @param {Check[]} checks @param {any} anchor */
function requireAll(checks, anchor) {
  const failed = checks.find((check) => !check.passed);
  if (failed !== undefined) {
    throw new EvidenceProblem(failed);
  }
  if (anchor === null) {
    throw new EvidenceProblem({ name: "store.key", passed: false, detail: "the evidence is of another store than the pinned one" });
  }
}
