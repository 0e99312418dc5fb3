// @ts-check
// Reads the public log as an auditor does: that its checkpoint is signed, that its entries are the tree's, and that it goes on from what
// this browser saw before. The faults have the names that `fairshare monitor` gives them.

import { fromUtf8, same } from "../evidence/bytes.js";
import { entriesOf, leafHash, rootOf, tilePath } from "../evidence/merkle.js";
import { fromBase64, LogFault, openCheckpoint, parseKey, parseNote, toBase64 } from "../evidence/note.js";

const tile = 256;

/** How many entries are read at most; of a longer log the newest. */
export const most = tile * 256;

const atOnce = 8;

/** @typedef {{ at: string, size: number, root: string, key: string }} Sight What a log was when it was looked at. */
/** @typedef {{ code: string, subject: string, detail: string }} Finding */
/** @typedef {{ sight: Sight | null, kinds: Map<string, number>, read: number, findings: Finding[] }} Reading */

/**
 * @param {import("../service/api.js").Api} api
 * @param {string} key The log's verifier key.
 * @param {Sight | null} last What this browser saw last.
 * @returns {Promise<Reading>}
 */
export async function readLog(api, key, last) {
  /** @type {Reading} */
  const reading = { sight: null, kinds: new Map(), read: 0, findings: [] };
  /** @param {string} code @param {string} detail */
  const find = (code, detail) => reading.findings.push({ code, subject: "log", detail });
  if (last !== null && last.key !== key) {
    find("other-key", "The service names another key of the log than at the last look; fairshare monitor follows successions.");
  }
  const text = await api.text("/log/checkpoint");
  const checkpoint = text === null ? null : await open(text, key);
  if (checkpoint === null) {
    if (text !== null) {
      find("unsigned", "The checkpoint is not signed by the log's key.");
    } else if (last !== null) {
      find("shrink", `The log had ${last.size} entries, and is gone.`);
    }
    return reading;
  }
  const size = Number(checkpoint.size);
  const sight = { at: new Date().toISOString(), size, root: toBase64(checkpoint.root), key };
  const hashes = await readEntries(api, size, reading, find);
  if (hashes !== null && size <= most && !same(await rootOf(hashes), checkpoint.root)) {
    find("forged-entry", "The entries that are served are not those of the checkpoint.");
  }
  await compare(last, size, hashes, find);
  return { ...reading, sight: reading.findings.length === 0 ? sight : null };
}

/** @param {string} text @param {string} key */
async function open(text, key) {
  try {
    return await openCheckpoint(parseNote(text), await parseKey(key));
  } catch (fault) {
    if (!(fault instanceof LogFault)) {
      throw fault;
    }
    return null;
  }
}

/**
 * The hashes of the entries; null where some cannot be read.
 * @param {import("../service/api.js").Api} api @param {number} size @param {Reading} reading
 * @param {(code: string, detail: string) => void} find @returns {Promise<Uint8Array[] | null>}
 */
async function readEntries(api, size, reading, find) {
  const first = size <= most ? 0 : Math.floor((size - most) / tile);
  const tiles = Array.from({ length: Math.ceil(size / tile) - first }, (_, number) => first + number);
  /** @type {Uint8Array[]} */
  const hashes = [];
  while (tiles.length > 0) {
    const bundles = await Promise.all(tiles.splice(0, atOnce).map((index) => readTile(api, index, size)));
    for (const entries of bundles) {
      if (entries === null) {
        find("gap", "Entries that the checkpoint covers cannot be read.");
        return null;
      }
      reading.read += entries.length;
      hashes.push(...(await Promise.all(entries.map(leafHash))));
      for (const entry of entries) {
        const kind = kindOf(entry);
        reading.kinds.set(kind, (reading.kinds.get(kind) ?? 0) + 1);
      }
    }
  }
  return hashes;
}

/** @param {import("../service/api.js").Api} api @param {number} index @param {number} size @returns {Promise<Uint8Array[] | null>} */
async function readTile(api, index, size) {
  const width = Math.min(tile, size - index * tile);
  const octets = await api.octets(`/log/${tilePath("entries", index, width)}`);
  return octets === null ? null : entriesOf(octets, width);
}

/** @param {Uint8Array} entry */
function kindOf(entry) {
  const [form, kind = ""] = (fromUtf8(entry) ?? "").split("\n");
  return form === "fairshare/evidence@1" && /^[A-Za-z0-9]{1,64}$/.test(kind) ? kind : "?";
}

/**
 * Whether the log goes on from what was seen.
 * @param {Sight | null} last @param {number} size @param {Uint8Array[] | null} hashes @param {(code: string, detail: string) => void} find
 */
async function compare(last, size, hashes, find) {
  if (last === null) {
    return;
  }
  if (size < last.size) {
    find("shrink", `The log had ${last.size} entries, and has ${size}.`);
  } else if (hashes !== null && size <= most && !same(await rootOf(hashes.slice(0, last.size)), fromBase64(last.root) ?? new Uint8Array())) {
    find("fork", `The log does not go on from the one that was seen ${last.at}.`);
  }
}
