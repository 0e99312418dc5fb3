// @ts-check
// Writes the zip archive of a bundle: every file stored, in one way.

import { joined, utf8 } from "../evidence/bytes.js";

const midnight = 0x0021 << 16;

/** @param {Map<string, Uint8Array>} files In the order in which they shall lie. @returns {Uint8Array<ArrayBuffer>} */
export function writeArchive(files) {
  const [local, central] = [/** @type {Uint8Array[]} */ ([]), /** @type {Uint8Array[]} */ ([])];
  let at = 0;
  for (const [path, content] of files) {
    const name = utf8(path);
    const common = commonOf(name.length, content);
    const head = joined(numbers([0x04034b50, 4], [20, 2]), common, numbers([0, 2]), name);
    central.push(
      joined(numbers([0x02014b50, 4], [20, 2], [20, 2]), common, numbers([0, 2], [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]), name),
    );
    local.push(head, content);
    at += head.length + content.length;
  }
  const directory = joined(...central);
  const count = /** @type {[number, number]} */ ([files.size, 2]);
  const end = numbers([0x06054b50, 4], [0, 2], [0, 2], count, count, [directory.length, 4], [at, 4], [0, 2]);
  return joined(...local, directory, end);
}

// What both headers of a file have: flags, method, time, checksum, sizes, the name's length.
/** @param {number} nameLength @param {Uint8Array} content */
const commonOf = (nameLength, content) =>
  numbers([0, 2], [0, 2], [midnight, 4], [crc32(content), 4], [content.length, 4], [content.length, 4], [nameLength, 2]);

/** Little-endian numbers of so many octets. @param {[number, number][]} values */
const numbers = (...values) =>
  Uint8Array.from(values.flatMap(([value, length]) => Array.from({ length }, (_, octet) => (value >>> (8 * octet)) & 255)));

/** @param {Uint8Array} octets */
function crc32(octets) {
  let sum = 0xffffffff;
  for (const octet of octets) {
    sum ^= octet;
    for (let bit = 0; bit < 8; bit++) {
      sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
    }
  }
  return (sum ^ 0xffffffff) >>> 0;
}
