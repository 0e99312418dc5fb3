// A bundle's `bundle.json`: every other file, with size and hash.

import { fromUtf8, hashOf } from "./bytes.js";

/** The list's own path, and its format with its version. */
export const listPath = "bundle.json";
export const format = "urn:fairshare:bundle:1";

const plain = /^[A-Za-z0-9._/:-]*$/;

/** Reads a list, which is written in one way only; null when the octets are none. */
export function readList(bytes) {
  const text = bytes === undefined ? null : fromUtf8(bytes);
  const list = text === null ? null : parse(text);
  return list !== null && JSON.stringify(inForm(list)) === text && isList(list) ? list : null;
}

/** What is wrong with the files that came with the list; null when nothing is. */
export async function findFault(list, files, isKnown) {
  const listed = list.files.map((file) => file.path);
  const misplaced = listed.find((path, at) => at > 0 && listed[at - 1] >= path);
  if (misplaced !== undefined) {
    return `${misplaced} stands in the wrong place of the list`;
  }
  const unlisted = [...files.keys()].find((path) => path !== listPath && !listed.includes(path));
  if (unlisted !== undefined) {
    return `${unlisted} is not listed`;
  }
  for (const file of list.files) {
    const fault = await findFileFault(file, files, isKnown);
    if (fault !== null) {
      return fault;
    }
  }
  return null;
}

async function findFileFault({ path, size, sha256 }, files, isKnown) {
  const content = files.get(path);
  if (!isKnown(path)) {
    return `${path} is no file of a bundle`;
  }
  if (content === undefined) {
    return `${path} is missing`;
  }
  if (content.length !== size) {
    return `${path} has ${content.length} bytes instead of ${size}`;
  }
  return (await hashOf(content)) === sha256 ? null : `${path} has another hash than the list says`;
}

function inForm(list) {
  const { format, store, exchange, files } = Object(list);
  const inFormOf = (file) => {
    const { path, size, sha256 } = Object(file);
    return { path, size, sha256 };
  };
  return { format, store, exchange, files: Array.isArray(files) ? files.map(inFormOf) : undefined };
}

const isList = (list) =>
  list.format === format && isPlain(list.store) && isPlain(list.exchange) && Array.isArray(list.files) && list.files.every(isFile);

const isFile = ({ path, size, sha256 }) =>
  isPlain(path) && isPlain(sha256) && Number.isInteger(size) && size >= 0 && size <= 64 * 1024 * 1024;

const isPlain = (text) => typeof text === "string" && plain.test(text);

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
