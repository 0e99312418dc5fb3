// @ts-check
// Where a download lies until it is saved: a private file of this origin, which no other page and no program opens.

import { Problem } from "../service/problem.js";

/** Without private files, a document up to this size is held in memory. */
const largestInMemory = 64 * 1024 * 1024;
const folder = "downloads";

/** @param {string} name @param {number} size @throws {Problem} `no-storage` */
export async function openPlace(name, size) {
  const directory = await findFolder();
  if (directory === null) {
    return inMemory(size);
  }
  const handle = await directory.getFileHandle(name, { create: true });
  const file = await /** @type {any} */ (handle).createSyncAccessHandle().catch(() => null);
  if (file === null) {
    throw new Problem("busy-elsewhere", "Another tab works on this document.");
  }
  return {
    length: () => file.getSize(),
    read: (/** @type {number} */ at, /** @type {number} */ length) => {
      const octets = new Uint8Array(length);
      file.read(octets, { at });
      return octets;
    },
    write: (/** @type {Uint8Array} */ octets, /** @type {number} */ at) => file.write(octets, { at }),
    truncate: (/** @type {number} */ length) => file.truncate(length),
    remove: async () => {
      file.close();
      await directory.removeEntry(name);
    },
    close: () => file.close(),
    blob: () => null,
  };
}

/** The file of a finished download; null when there is none. @param {string} name @returns {Promise<File | null>} */
export async function findFile(name) {
  try {
    const handle = await (await findFolder())?.getFileHandle(name);
    return (await handle?.getFile()) ?? null;
  } catch {
    return null;
  }
}

/** Removes a download, if it is there. @param {string} name */
export async function removeFile(name) {
  await (await findFolder())?.removeEntry(name).catch(() => undefined);
}

/** Removes downloads that nobody has touched for a day. @param {number} now In milliseconds. */
export async function removeOldFiles(now) {
  const directory = await findFolder();
  for await (const [name, handle] of /** @type {any} */ (directory)?.entries() ?? []) {
    const file = await handle.getFile().catch(() => null);
    if (file !== null && now - file.lastModified > 24 * 60 * 60 * 1000) {
      await directory?.removeEntry(name).catch(() => undefined);
    }
  }
}

async function findFolder() {
  try {
    return await (await navigator.storage.getDirectory()).getDirectoryHandle(folder, { create: true });
  } catch {
    return null;
  }
}

/** @param {number} size */
function inMemory(size) {
  if (size > largestInMemory) {
    throw new Problem("no-storage", "This browser window has no place for a document of this size.");
  }
  /** @type {BlobPart[]} */
  const pieces = [];
  return {
    length: () => 0,
    read: () => new Uint8Array(),
    write: (/** @type {Uint8Array<ArrayBuffer>} */ octets) => pieces.push(octets),
    truncate: () => undefined,
    remove: async () => undefined,
    close: () => undefined,
    blob: () => new Blob(pieces),
  };
}
