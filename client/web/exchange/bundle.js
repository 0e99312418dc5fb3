// @ts-check
// Makes the bundle of an exchange, as the command does, and verifies it: what the page offers is what others can verify.

import { hashOf, utf8 } from "../evidence/bytes.js";
import { verifyBundle } from "../evidence/bundle.js";
import { names, verifyTokens } from "../evidence/exchange.js";
import { History } from "../evidence/history.js";
import { format, listPath } from "../evidence/list.js";
import { writePage } from "../evidence/page.js";
import { parse } from "../evidence/token.js";
import { listKeys } from "../keys/directory.js";
import { writeArchive } from "./archive.js";
import { EvidenceProblem } from "./evidence-problem.js";

/** @typedef {import("./party.js").Party} Party */

/**
 * What the service has of an exchange, as a bundle and judged; nothing of it is believed that the verdict does not hold.
 * @param {Party} party @param {string} id The exchange.
 */
export async function collect(party, id) {
  const view = await party.api.get(`/exchanges/${id}`);
  const { tokens, keys, stamps, successions: given } = await party.api.get(`/exchanges/${id}/evidence`);
  const present = Object.fromEntries(names.filter((name) => typeof tokens[name] === "string").map((name) => [name, tokens[name]]));
  /** @type {string[]} */
  const successions = given ?? [];
  const bundle = await makeBundle(party, present, { keys, successions }, stamps ?? {});
  const verdict = await verifyBundle(bundle, [party.anchor]);
  requireSubject(verdict, party, view, id);
  return { view, tokens: present, keys, successions, bundle, verdict, endedAt: await endOf(present) };
}

// When it ended, as the store sealed it; null while it has not.
/** @param {Record<string, string>} tokens @returns {Promise<string | null>} */
async function endOf({ release, record }) {
  const token = await parse(release ?? record ?? "").catch(() => null);
  return token?.statement.gen ?? null;
}

// The evidence of another exchange, or of others', may hold and yet not be what was asked for.
/** @param {any} verdict @param {Party} party @param {any} view @param {string} id */
function requireSubject(verdict, party, view, id) {
  const { exch, orig, rcpt, doc } = verdict.statement ?? {};
  const agrees =
    exch === id && doc.id === view.fileId && orig === view.uploader && rcpt[0] === view.downloader && [orig, rcpt[0]].includes(party.id);
  if (verdict.statement !== null && !agrees) {
    throw new EvidenceProblem({ name: "exchange.subject", passed: false, detail: "the evidence is of another exchange" });
  }
}

/**
 * @param {Party} party @param {Record<string, string>} tokens @param {{ keys: any[], successions: string[] }} given
 * @param {Record<string, string | null>} stamps
 */
async function makeBundle(party, tokens, { keys, successions }, stamps) {
  const texts = Object.fromEntries(Object.entries(tokens).map(([name, text]) => [name, `${text}\n`]));
  const { text: keyList, keys: known } = await listKeys(keys);
  if (known === null) {
    throw new EvidenceProblem({ name: "bundle.keys", passed: false, detail: "the service gave keys that are none" });
  }
  const files = new Map(Object.entries(texts).map(([name, text]) => [`${name}.jws`, utf8(text)]));
  files.set("keys.json", utf8(keyList));
  const history = await History.verify(successions.join("\n"), known);
  files.set("certificate.html", utf8(await writePage(await verifyTokens(texts, history.keys), texts, known)));
  if (successions.length > 0) {
    files.set("successions.jws", utf8(successions.map((record) => `${record}\n`).join("")));
  }
  for (const name of ["nro", "nrr"].filter((stamped) => stamps[stamped] && tokens[stamped])) {
    files.set(
      `stamps/${name}.tsr`,
      Uint8Array.from(atob(stamps[name] ?? ""), (symbol) => symbol.charCodeAt(0)),
    );
  }
  for (const [path, content] of await collectLog(party, tokens)) {
    files.set(path, content);
  }
  return pack(await parse(tokens.challenge ?? "").catch(() => null), files);
}

/** @param {any} challenge @param {Map<string, Uint8Array<ArrayBuffer>>} files */
async function pack(challenge, files) {
  const ordered = new Map([...files].sort(([left], [right]) => (left < right ? -1 : 1)));
  const list = [];
  for (const [path, content] of ordered) {
    list.push({ path, size: content.length, sha256: await hashOf(content) });
  }
  const { ttp = "", exch = "" } = challenge?.statement ?? {};
  const text = JSON.stringify({ format, store: ttp, exchange: exch, files: list });
  return writeArchive(new Map([[listPath, utf8(text)], ...ordered]));
}

// The log enters new tokens about once a minute; a bundle has its proofs of all tokens, or none.
/** @param {Party} party @param {Record<string, string>} tokens @returns {Promise<Map<string, Uint8Array<ArrayBuffer>>>} */
async function collectLog(party, tokens) {
  const files = new Map();
  const checkpoints = new Set();
  for (const [name, text] of Object.entries(tokens)) {
    const { hash } = (await parse(text).catch(() => null)) ?? {};
    const proof = hash === undefined ? null : await party.api.text(`/log/proofs/${hash}`);
    if (proof === null) {
      return new Map();
    }
    files.set(`log/${name}.tlog-proof`, utf8(proof));
    checkpoints.add(proof.slice(proof.indexOf("\n\n") + 2));
  }
  const key = party.service.log.keys[0];
  if (checkpoints.size !== 1 || key === undefined) {
    return new Map();
  }
  files.set("log/checkpoint", utf8([...checkpoints][0]));
  files.set("log/key", utf8(`${key}\n`));
  return files;
}
