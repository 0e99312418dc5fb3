// Verifies a bundle: first that it is one, then its evidence, then whose keys are believed.

import { ArchiveFault, readArchive } from "./archive.js";
import { fromUtf8, latin1, same, utf8 } from "./bytes.js";
import { names, verifyTokens } from "./exchange.js";
import { History } from "./history.js";
import { checkKey, findCertificate, isMadeInPage } from "./key-records.js";
import { readKeys } from "./keys.js";
import { findFault, format, listPath, readList } from "./list.js";
import { LogChecks } from "./log-checks.js";
import { writePage } from "./page.js";
import { checkStore } from "./store.js";

const tokenPath = (name) => `${name}.jws`;
const proofPath = (name) => `log/${name}.tlog-proof`;
const [keyPath, checkpointPath, stampPath] = ["log/key", "log/checkpoint", "log/checkpoint.tsr"];
const stamped = ["nro", "nrr"];
const stampOf = (name) => `stamps/${name}.tsr`;
const known = new Set([
  ...["keys.json", "successions.jws", "certificate.html", keyPath, checkpointPath, stampPath],
  ...names.map(tokenPath),
  ...names.map(proofPath),
  ...stamped.map(stampOf),
]);

// A file that is not there is empty.
const textOf = (octets) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(octets);

/**
 * Verifies everything that is in a bundle.
 * @param {Uint8Array} bytes The archive.
 * @param {any[]} anchors Whose keys are believed, learnt from elsewhere: `{ store, keys, source }`, where `store` may be null.
 * @returns {Promise<any>} `{ state, statement, document, checks, anchor, beliefs, madeInPage }`; the last: parties with a key made in the page..
 */
export const verifyBundle = (bytes, anchors) => new Bundle(anchors).verify(bytes);

// The parties that have signed with a key that was made in the web page, as far as their certificates say so.
async function partiesOfPage(keys) {
  const parties = new Set();
  for (const { party, certificate } of keys.values()) {
    if (isMadeInPage(await findCertificate(certificate ?? ""))) {
      parties.add(party);
    }
  }
  return [...parties];
}

class Bundle {
  #anchors;
  #checks = [];

  constructor(anchors) {
    this.#anchors = anchors;
  }

  async verify(bytes) {
    const files = this.#readArchive(bytes);
    const list = files && (await this.#readList(files));
    const keys = list && (await this.#readKeys(files));
    if (!keys) {
      return { state: "", statement: null, document: null, checks: this.#checks, anchor: null, beliefs: [], madeInPage: [] };
    }
    const present = names.filter((name) => files.has(tokenPath(name)));
    const tokens = Object.fromEntries(present.map((name) => [name, latin1(files.get(tokenPath(name)))]));
    const history = await History.verify(textOf(files.get("successions.jws")), keys);
    const verdict = await verifyTokens(tokens, history.keys);
    this.#checkSubject(list, verdict.statement);
    await this.#checkPage(files, verdict, tokens, keys);
    this.#checks.push(...verdict.checks);
    for (const key of keys.values()) {
      this.#checks.push(...(await checkKey(key, history.keys)));
    }
    this.#checks.push(...history.checks);
    const anchor = verdict.statement && (await checkStore(verdict.statement.ttp, this.#anchors, tokens, keys, history, this.#checks));
    const log = await this.#checkLog(files, tokens, verdict.statement?.ttp, history);
    for (const name of stamped.filter((token) => files.has(stampOf(token)))) {
      await log.checkAttached(name, files.get(stampOf(name)), tokens[name] ?? "");
    }
    this.#checks.push(...log.all);
    return { ...verdict, checks: this.#checks, anchor, beliefs: log.beliefs, madeInPage: await partiesOfPage(keys) };
  }

  // A bundle that has anything of the log has all of it. One that has nothing is wrong only where somebody asks for it.
  async #checkLog(files, tokens, store, history) {
    const log = new LogChecks(this.#anchors.filter((anchor) => anchor.store === null || anchor.store === store), history);
    if (![...files.keys()].some((path) => path.startsWith("log/"))) {
      log.noteMissing();
      return log;
    }
    const text = (path) => textOf(files.get(path));
    const proofs = Object.fromEntries(Object.keys(tokens).map((name) => [name, text(proofPath(name))]));
    const key = text(keyPath).replace(/\n+$/, "");
    await log.run({ key, checkpoint: text(checkpointPath), proofs, stamp: files.get(stampPath) }, tokens);
    return log;
  }

  #readArchive(bytes) {
    try {
      const files = readArchive(bytes);
      this.#note("bundle.archive", null, `${files.size} files, stored and each there once`);
      return files;
    } catch (fault) {
      if (!(fault instanceof ArchiveFault)) {
        throw fault;
      }
      this.#note("bundle.archive", `${fault.code}: ${fault.message}`, "");
      return null;
    }
  }

  async #readList(files) {
    const list = readList(files.get(listPath));
    this.#note("bundle.list", list === null ? "bundle.json is missing, or is not the list of a bundle" : null, format);
    if (list === null) {
      return null;
    }
    const fault = await findFault(list, files, (path) => known.has(path));
    this.#note("bundle.files", fault, "every file is listed, and has the listed size and hash");
    return fault === null ? list : null;
  }

  async #readKeys(files) {
    const text = files.has("keys.json") ? fromUtf8(files.get("keys.json")) : null;
    const keys = text === null ? null : await readKeys(text);
    const fault = keys === null ? "keys.json is missing, or is not a list of public keys" : null;
    this.#note("bundle.keys", fault, `${keys?.size} public keys`);
    return keys;
  }

  #checkSubject({ store, exchange }, statement) {
    const agrees = statement !== null && store === statement.ttp && exchange === (statement.exch ?? "");
    const fault = agrees ? null : "bundle.json names another exchange than its evidence";
    this.#note("bundle.subject", fault, `the exchange ${exchange} of the store ${store}`);
  }

  async #checkPage(files, verdict, tokens, keys) {
    const page = files.get("certificate.html");
    const agrees = page !== undefined && same(page, utf8(await writePage(verdict, tokens, keys)));
    const fault = agrees ? null : "certificate.html is missing, or says something else than the evidence";
    this.#note("bundle.page", fault, "certificate.html says what the evidence says");
  }

  #note(name, fault, detail) {
    this.#checks.push({ name, passed: fault === null, detail: fault ?? detail });
  }
}
