// What a bundle carries of the log: key, checkpoint, a proof for each token, cosignatures, and the stamp.

import { ascii, hashOf, utf8 } from "./bytes.js";
import { time } from "./identifiers.js";
import { parseProof, tokenLeaf, verifyProof } from "./merkle.js";
import { LogFault, cosignedAt, onlyOf, openCheckpoint, openNote, parseKey, parseNote, thumbprintOf } from "./note.js";
import { readStamp } from "./stamp.js";
import { parse, trim } from "./token.js";

const unvouched = ", if its key is whose it should be: nobody vouches for it.";
const clockSkew = 5 * 60 * 1000;

/** Checks, and what is believed by which anchor. */
export class LogChecks {
  all = [];
  beliefs = [];
  #anchors;
  #history;

  constructor(anchors, history) {
    this.#anchors = anchors;
    this.#history = history;
  }

  /** Notes that the bundle has nothing of the log, which is wrong where an anchor of it was given by hand. */
  noteMissing() {
    const keysOf = ({ logKeys = [], witnessKeys = [], stampKeys = [] }) => [...logKeys, ...witnessKeys, ...stampKeys];
    if (this.#anchors.some((anchor) => anchor.store === null && keysOf(anchor).length > 0)) {
      this.#note("log.checkpoint", "the bundle has nothing of the log", "");
    }
    this.beliefs.push("Nothing is said of the log: the bundle has no proofs.");
  }

  /**
   * Verifies everything.
   * @param log `{ key, checkpoint, proofs, stamp }`: texts, proofs by the tokens' names, and the stamp's octets or undefined.
   * @param tokens The tokens by their names.
   */
  async run(log, tokens) {
    const opened = await this.#readCheckpoint(log);
    if (opened === null) {
      return;
    }
    const { key, note, checkpoint } = opened;
    const belief = `The log ${checkpoint.origin}, of ${checkpoint.size} leaves, has every token`;
    await this.#believe("log.key", "logKeys", log.key, belief);
    for (const [name, text] of Object.entries(tokens)) {
      await this.#checkProof(name, text, log.proofs[name] ?? "", note, key);
    }
    await this.#checkWitnesses(note);
    if (log.stamp !== undefined) {
      await this.#checkStamp(log.stamp, onlyOf(note, key), tokens);
    }
  }

  async #readCheckpoint(log) {
    try {
      const key = await parseKey(log.key);
      const note = parseNote(log.checkpoint);
      const checkpoint = await openCheckpoint(note, key);
      this.#note("log.checkpoint", null, `signed by ${key.text}`);
      return { key, note, checkpoint };
    } catch (fault) {
      this.#note("log.checkpoint", codeOf(fault), "");
      return null;
    }
  }

  async #checkProof(name, token, text, note, key) {
    let [fault, index] = [null, 0n];
    try {
      const proof = parseProof(text);
      index = proof.index;
      fault = proof.note.text === note.text ? null : "another checkpoint than the bundle's";
      await verifyProof(proof, await tokenLeaf(trim(token)), key);
    } catch (problem) {
      fault ??= codeOf(problem);
    }
    this.#note(`${name}.logged`, fault, `leaf ${index}`);
  }

  // Lines of unknown keys are ignored, as every reader of notes must.
  async #checkWitnesses(note) {
    for (const { witnessKeys = [], source } of this.#anchors) {
      for (const text of witnessKeys) {
        const key = await parseKey(text);
        let [fault, at] = [null, ""];
        try {
          const milliseconds = cosignedAt(await openNote(note, key));
          at = milliseconds === null ? "" : new Date(milliseconds).toISOString();
          this.beliefs.push(`The witness ${key.name} saw the same log at ${at}, by a key ${source}.`);
        } catch (problem) {
          fault = codeOf(problem);
        }
        this.#note("log.witness", fault, `${key.name} at ${at}`);
      }
    }
  }

  /** Verifies a stamp that a party attached, by whichever authority it chose. */
  async checkAttached(name, answer, token) {
    const stamp = await readStamp(answer);
    if (stamp === null) {
      this.#note(`${name}.stamp`, "not a stamp whose signature verifies", "");
      return;
    }
    const at = new Date(stamp.time).toISOString();
    const isOf = stamp.imprint === (await hashOf(ascii(trim(token))));
    this.#note(`${name}.stamp`, isOf ? null : "a stamp of something else", `${at}, by ${stamp.key}`);
    this.beliefs.push(`A stamp says that ${name} was there at ${at}${by(await this.#voucher("stampKeys", stamp.key))}`);
  }

  async #checkStamp(answer, stamped, tokens) {
    const stamp = await readStamp(answer);
    this.#note("stamp.form", stamp === null ? "not a stamp whose signature verifies" : null, "RFC 3161, signed by the certificate in it");
    if (stamp === null) {
      return;
    }
    const imprint = await hashOf(utf8(stamped));
    const other = stamp.imprint === imprint ? null : "a stamp of something else";
    this.#note("stamp.imprint", other, "of the checkpoint with the log's signature");
    const isLater = stamp.time - (await latestOf(tokens)) >= -clockSkew;
    const at = new Date(stamp.time).toISOString();
    this.#note("stamp.time", isLater ? null : "earlier than a token that it covers", at);
    await this.#believe("stamp.key", "stampKeys", stamp.key, `A stamp says that all of it was there at ${at}`);
  }

  // A key that an anchor names must be the one that is here; where none names one, nothing is believed by it, and that is said.
  async #believe(check, keys, key, belief) {
    const named = this.#anchors.filter((anchor) => (anchor[keys] ?? []).length > 0);
    const vouching = await this.#voucher(keys, key);
    if (named.length > 0) {
      const sources = named.map((anchor) => anchor.source).join(", or ");
      this.#note(check, vouching ? null : `${key}, which is not the key ${sources}`, `${key}, ${vouching}`);
    }
    this.beliefs.push(`${belief}${by(vouching)}`);
  }

  // The source of a key that is itself named, or to which the store's successions lead from one that is; null for nobody.
  async #voucher(keys, key) {
    const named = this.#anchors.filter((anchor) => (anchor[keys] ?? []).length > 0);
    const direct = named.find((anchor) => anchor[keys].includes(key));
    if (direct !== undefined || this.#history.isEmpty) {
      return direct?.source ?? null;
    }
    const [use, thumbprint] = keys === "logKeys" ? ["log", thumbprintOf] : ["stamps", (kid) => kid];
    const seals = this.#anchors.flatMap((anchor) => anchor.keys);
    for (const anchor of named) {
      for (const known of anchor[keys]) {
        if (this.#history.leadsFor(use, await thumbprint(known), await thumbprint(key), seals)) {
          return `of one history with one ${anchor.source}`;
        }
      }
    }
    return null;
  }

  #note(name, fault, detail) {
    this.all.push({ name, passed: fault === null, detail: fault ?? detail });
  }
}

const by = (source) => (source === null ? unvouched : `, by a key ${source}.`);

async function latestOf(tokens) {
  let latest = -Infinity;
  for (const text of Object.values(tokens)) {
    try {
      latest = Math.max(latest, time((await parse(trim(text))).statement.gen));
    } catch {
      // What is no token has failed its own check.
    }
  }
  return latest;
}

function codeOf(fault) {
  if (!(fault instanceof LogFault)) {
    throw fault;
  }
  return fault.message;
}
