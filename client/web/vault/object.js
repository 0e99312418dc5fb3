// @ts-check
// The objects of the vault, made and opened in the worker.

import { encode, sha256 } from "../evidence/bytes.js";
import { Problem } from "../service/problem.js";
import { open, seal } from "./age.js";
import { pack, unpack } from "./archive.js";
import { deriveKeys } from "./keys.js";
import { unwrap, wrap } from "./payload.js";

/** The most octets that the page stores, or opens: it holds all of it in memory. */
export const mostOctets = 64 << 20;
const mostContent = 256 << 20;

/**
 * @param {{ files: File[], code: import("./code.js").VaultCode, password: string | null }} task
 * @returns {Promise<{ keys: import("./keys.js").VaultKeys, object: Uint8Array<ArrayBuffer>, digest: string }>}
 */
export async function sealObject({ files, code, password }) {
  if (files.reduce((sum, file) => sum + file.size, 0) > mostOctets) {
    throw new Problem("vault-page-too-large", `The page stores at most ${mostOctets} octets; the command takes more.`);
  }
  const names = distinct(files.map((file) => file.name));
  const packed = await Promise.all(
    files.map(async (file, at) => ({ name: names[at], modified: file.lastModified, content: new Uint8Array(await file.arrayBuffer()) })),
  );
  const keys = await deriveKeys({ code, password });
  const object = await seal(wrap(pack(packed)), keys);
  return { keys, object, digest: encode(await sha256(object)) };
}

// Two files of one name, from different folders, must not be one name in the archive: nobody could extract it.
/** @param {string[]} names */
function distinct(names) {
  const taken = new Set();
  return names.map((name) => {
    let free = name;
    for (let number = 2; taken.has(free); number++) {
      free = `${number} ${name}`;
    }
    taken.add(free);
    return free;
  });
}

/**
 * @param {{ object: Uint8Array<ArrayBuffer>, keys: import("./keys.js").VaultKeys, name: string }} task `name` is for what was piped in.
 * @returns {Promise<{ files: import("./archive.js").ArchivedFile[], others: number }>}
 */
export async function openObject({ object, keys, name }) {
  const { isPipe, content } = await unwrap(await open(object, keys), mostContent);
  return isPipe ? { files: [{ name, content }], others: 0 } : unpack(content);
}
