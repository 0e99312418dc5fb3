// The log's tree (RFC 9162, section 2.1), its tiles and entries (C2SP tlog-tiles), and proofs (C2SP tlog-proof).

import { ascii, decode, fromUtf8, hashOf, same, sha256 } from "./bytes.js";
import { LogFault, fromBase64, openCheckpoint, parseNote } from "./note.js";

const header = "c2sp.org/tlog-proof@v1";

/** The hash of a leaf. */
export const leafHash = (entry) => sha256(Uint8Array.from([0, ...entry]));

/** The hash of a node. */
export const nodeHash = (left, right) => sha256(Uint8Array.from([1, ...left, ...right]));

/** The root of a tree with such leaves' hashes. */
export async function rootOf(hashes) {
  if (hashes.length === 0) {
    return sha256(new Uint8Array());
  }
  if (hashes.length === 1) {
    return hashes[0];
  }
  // The largest power of two that leaves something to the right.
  const half = 2 ** (Math.ceil(Math.log2(hashes.length)) - 1);
  return nodeHash(await rootOf(hashes.slice(0, half)), await rootOf(hashes.slice(half)));
}

/** The entries of a bundle: each after its length in two octets; null when there are not so many. */
export function entriesOf(bundle, width) {
  const entries = [];
  let at = 0;
  while (at + 2 <= bundle.length) {
    const length = bundle[at] * 256 + bundle[at + 1];
    entries.push(bundle.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return at === bundle.length && entries.length === width ? entries : null;
}

/** The path of a tile, or with `entries` for the level of a bundle. */
export function tilePath(level, index, width) {
  let number = String(index % 1000).padStart(3, "0");
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    number = `x${String(rest % 1000).padStart(3, "0")}/${number}`;
  }
  return `tile/${level}/${number}${width === 256 ? "" : `.p/${width}`}`;
}

/**
 * The root of a log, rebuilt from its bundles of entries, with every tile of hashes compared on the way.
 * @param size How many leaves the log has.
 * @param read Gives the octets of a path.
 * @returns The root; null when a tile or bundle is not what the entries make it.
 */
export async function rebuild(size, read) {
  let hashes = [];
  for (let at = 0; at < size; at += 256) {
    const width = Math.min(256, size - at);
    const entries = entriesOf(await read(tilePath("entries", at / 256, width)), width);
    if (entries === null) {
      return null;
    }
    hashes.push(...(await Promise.all(entries.map(leafHash))));
  }
  const leaves = hashes;
  for (let level = 0; hashes.length > 0; level++) {
    const full = [];
    for (let at = 0; at < hashes.length; at += 256) {
      const tile = hashes.slice(at, at + 256);
      const stored = await read(tilePath(level, at / 256, tile.length));
      if (!same(stored, Uint8Array.from(tile.flatMap((hash) => [...hash])))) {
        return null;
      }
      if (tile.length === 256) {
        full.push(await rootOf(tile));
      }
    }
    hashes = full;
  }
  return rootOf(leaves);
}

/** The hash of the leaf of a token: `fairshare/evidence@1`, kind and token hash, one a line. */
export async function tokenLeaf(token) {
  const [end, head] = [token.lastIndexOf("."), token.split(".", 1)[0]];
  const kind = end > head.length ? kindOf(decode(head)) : null;
  if (kind === null) {
    throw new LogFault("invalid-leaf");
  }
  return leafHash(ascii(`fairshare/evidence@1\n${kind}\n${await hashOf(ascii(token.slice(0, end)))}\n`));
}

function kindOf(octets) {
  try {
    const { typ } = JSON.parse(fromUtf8(octets));
    return /^[A-Za-z0-9]{1,64}$/.test(typ) && typeof typ === "string" ? typ : null;
  } catch {
    return null;
  }
}

/** Reads a proof that a leaf stands in a log. */
export function parseProof(text) {
  const end = text.indexOf("\n\n");
  const [first, ...lines] = end < 0 ? [] : text.slice(0, end).split("\n");
  if (first !== header) {
    throw new LogFault("invalid-proof");
  }
  const extra = lines[0]?.startsWith("extra ") ? lines.shift().slice(6) : "";
  const [, index] = /^index (0|[1-9][0-9]*)$/.exec(lines.shift() ?? "") ?? [];
  const hashes = lines.map(fromBase64);
  const isWhole = hashes.length <= 63 && hashes.every((hash) => hash?.length === 32) && fromBase64(extra) !== null;
  if (index === undefined || BigInt(index) >= 2n ** 63n || !isWhole) {
    throw new LogFault("invalid-proof");
  }
  return { index: BigInt(index), hashes, note: parseNote(text.slice(end + 2)) };
}

/** Requires that a proof leads from a leaf to the root of its checkpoint (RFC 9162, section 2.1.3.2). */
export async function verifyProof({ index, hashes, note }, leaf, key) {
  const { size, root } = await openCheckpoint(note, key);
  let [place, last, hash] = [index, size - 1n, leaf];
  let fits = index < size;
  for (const sibling of fits ? hashes : []) {
    fits &&= last !== 0n;
    if ((place & 1n) === 1n || place === last) {
      hash = await nodeHash(sibling, hash);
      while ((place & 1n) === 0n && place !== 0n) {
        [place, last] = [place >> 1n, last >> 1n];
      }
    } else {
      hash = await nodeHash(hash, sibling);
    }
    [place, last] = [place >> 1n, last >> 1n];
  }
  if (!fits || last !== 0n || !same(hash, root)) {
    throw new LogFault("not-included");
  }
}
