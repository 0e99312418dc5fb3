// @ts-check
// The content: a tar archive in pax format (POSIX.1-2001), here of files alone.

import { ascii, fromUtf8, joined, latin1, utf8 } from "../evidence/bytes.js";
import { Problem } from "../service/problem.js";

const blockLength = 512;

/** The most files that the page lists; the command takes more. */
const mostFiles = 1000;
const mostSeconds = 0o77777777777;

/** @typedef {{ name: string, content: Uint8Array<ArrayBuffer> }} ArchivedFile */

/** @param {(ArchivedFile & { modified: number })[]} files `modified` in milliseconds since 1970. */
export const pack = (files) =>
  joined(
    ...files.flatMap(({ name, content, modified }) => [
      ...entry("x", "pax", utf8(record("path", name) + record("mtime", (modified / 1000).toFixed(3))), 0),
      ...entry("0", latin1(utf8(name)).replace(/[^ -~]/g, "_").slice(-100), content, Math.floor(modified / 1000)),
    ]),
    new Uint8Array(2 * blockLength),
  );

/**
 * The files of an archive. Folders are not listed; links, and what is no file, are left out and counted.
 * @param {Uint8Array<ArrayBuffer>} archive
 * @returns {{ files: ArchivedFile[], others: number }}
 * @throws {Problem} `archive-malformed`, `archive-unsafe`, `archive-collision`, `archive-too-many-entries`
 */
export function unpack(archive) {
  const files = [];
  /** @type {{ path?: string, size?: string }} */
  let next = {};
  let [others, at] = [0, 0];
  while (at + blockLength <= archive.length && archive.subarray(at, at + blockLength).some((octet) => octet !== 0)) {
    const { name, size, kind } = headerOf(archive.subarray(at, at + blockLength), next.size);
    const content = archive.subarray(at + blockLength, at + blockLength + size);
    if (content.length !== size) {
      throw malformed();
    }
    at += blockLength + Math.ceil(size / blockLength) * blockLength;
    if (kind === "x" || kind === "L") {
      next = kind === "x" ? { ...next, ...recordsOf(content) } : { ...next, path: textOf(content).replace(/\0.*$/s, "") };
      continue;
    }
    if (kind === "0" || kind === "\0") {
      files.push({ name: safe(next.path ?? name), content });
    } else if (kind !== "5" && kind !== "g") {
      others++;
    }
    next = kind === "g" ? next : {};
    if (files.length + others > mostFiles) {
      throw new Problem("archive-too-many-entries", `The page lists at most ${mostFiles} files; the command takes more.`);
    }
  }
  if (archive.subarray(at).some((octet) => octet !== 0)) {
    throw malformed();
  }
  if (new Set(files.map((file) => file.name)).size < files.length) {
    throw new Problem("archive-collision", "Two files have one name.");
  }
  return { files, others };
}

/** @param {Uint8Array} header @param {string} [stated] The size that a record before it states. */
function headerOf(header, stated) {
  const sum = header.reduce((total, octet, at) => total + (at >= 148 && at < 156 ? 32 : octet), 0);
  if (sum !== octal(header, 148, 8)) {
    throw malformed();
  }
  const prefix = latin1(header.subarray(257, 262)) === "ustar" ? field(header, 345, 155) : "";
  const size = stated === undefined ? octal(header, 124, 12) : /^(0|[1-9][0-9]{0,14})$/.test(stated) ? Number(stated) : refuse();
  return { name: `${prefix === "" ? "" : `${prefix}/`}${field(header, 0, 100)}`, size, kind: String.fromCharCode(header[156]) };
}

// A name that would lead out of a folder is none that an honest sender gave.
/** @param {string} name */
function safe(name) {
  const path = name.replace(/^(\.\/)+/, "");
  if (path === "" || path.startsWith("/") || path.split("/").some((part) => part === "" || part === "." || part === "..")) {
    throw new Problem("archive-unsafe", "The content has a name that leads out of its folder.");
  }
  return path;
}

/** @param {Uint8Array} content */
function recordsOf(content) {
  /** @type {Record<string, string>} */
  const records = {};
  for (let at = 0; at < content.length; ) {
    const length = Number(/^[1-9][0-9]{0,8}(?= )/.exec(latin1(content.subarray(at, at + 10)))?.[0]);
    const [, key, value] = /^[0-9]+ ([^=]+)=(.*)\n$/s.exec(textOf(content.subarray(at, at + length))) ?? refuse();
    records[key] = value;
    at += length;
  }
  return records;
}

/** @param {string} kind @param {string} name ASCII. @param {Uint8Array} content @param {number} seconds */
function entry(kind, name, content, seconds) {
  const header = new Uint8Array(blockLength);
  /** @param {number} at @param {string} text */
  const write = (at, text) => header.set(ascii(text), at);
  write(0, name);
  write(100, "0000644\0" + "0000000\0" + "0000000\0");
  write(124, `${content.length.toString(8).padStart(11, "0")}\0`);
  // Times before 1970 stand in the record before it alone.
  write(136, `${Math.min(Math.max(seconds, 0), mostSeconds).toString(8).padStart(11, "0")}\0`);
  write(148, "        ");
  write(156, kind);
  write(257, "ustar\u000000");
  write(148, `${header.reduce((sum, octet) => sum + octet, 0).toString(8).padStart(6, "0")}\0 `);
  return [header, content, new Uint8Array((blockLength - (content.length % blockLength)) % blockLength)];
}

// The length of a record counts its own digits.
/** @param {string} key @param {string} value */
function record(key, value) {
  const rest = utf8(` ${key}=${value}\n`).length;
  const length = [1, 2, 3, 4, 5].map((digits) => rest + digits).find((sum) => String(sum).length + rest === sum);
  return `${length} ${key}=${value}\n`;
}

/** @param {Uint8Array} header @param {number} at @param {number} length */
const field = (header, at, length) => textOf(header.subarray(at, at + length)).replace(/\0.*$/s, "");

/** @param {Uint8Array} header @param {number} at @param {number} length */
function octal(header, at, length) {
  const text = latin1(header.subarray(at, at + length)).replace(/[\0 ]+$/, "").trim();
  return /^[0-7]{1,12}$/.test(text) ? parseInt(text, 8) : refuse();
}

/** @param {Uint8Array} octets */
const textOf = (octets) => fromUtf8(octets) ?? refuse();

const malformed = () => new Problem("archive-malformed", "The content is no tar archive.");

/** @returns {never} */
function refuse() {
  throw malformed();
}
