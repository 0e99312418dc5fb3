// The zip archive of a bundle, read strictly: what two readers could read in two ways is refused.

import { latin1 } from "./bytes.js";

const maxFiles = 4096;
const maxBytes = 64 * 1024 * 1024;
const [endLength, centralLength, localLength, maxName] = [22, 46, 30, 200];
const [endMark, centralMark, localMark] = [0x06054b50, 0x02014b50, 0x04034b50];

// Bits 1 and 2 are of compression, and bit 11 says that the name is in UTF-8: neither changes what is read.
const harmlessFlags = 0x0806;

/** An archive that is no bundle's: a code and a sentence. */
export class ArchiveFault extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** Reads all files: a map from paths to octets. */
export const readArchive = (bytes) => new Archive(bytes).read();

class Archive {
  #bytes;
  #view;
  #central;
  #local = 0;
  #start;

  constructor(bytes) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  read() {
    require(this.#bytes.length <= maxBytes, "too-large", "the archive has more than 64 MiB");
    const count = this.#readEnd();
    const [files, seen] = [new Map(), new Set()];
    let total = 0;
    for (let number = 0; number < count; number++) {
      const entry = this.#readCentral();
      require(!seen.has(entry.name.toLowerCase()), "duplicate-name", `${entry.name} stands twice`);
      seen.add(entry.name.toLowerCase());
      total += entry.size;
      require(total <= maxBytes, "too-large", "the files have more than 64 MiB");
      files.set(entry.name, this.#readLocal(entry));
    }
    const end = this.#bytes.length - endLength;
    require(this.#central === end, "not-contiguous", "the directory does not end where the archive does");
    require(this.#local === this.#start, "not-contiguous", "there is something between the files and the directory");
    return files;
  }

  #readEnd() {
    require(this.#bytes.length >= endLength, "not-a-zip", "it is shorter than the shortest zip archive");
    const at = this.#bytes.length - endLength;
    require(this.#number(at) === endMark, "not-a-zip", "it does not end as a zip archive without a comment");
    const [count, size, start] = [this.#short(at + 10), this.#number(at + 12), this.#number(at + 16)];
    require(count !== 0xffff && size !== 0xffffffff && start !== 0xffffffff, "zip64", "it is a zip64 archive");
    require(this.#number(at + 4) === 0 && this.#short(at + 8) === count, "split", "it is one part of several");
    require(this.#short(at + 20) === 0, "comment", "it has a comment");
    require(count <= maxFiles, "too-many-files", `it has more than ${maxFiles} files`);
    require(start + size === at, "not-contiguous", "the directory does not end where the archive does");
    this.#central = this.#start = start;
    return count;
  }

  #readCentral() {
    const at = this.#central;
    this.#requireInside(at, centralLength);
    require(this.#number(at) === centralMark, "truncated", "a header of the directory is missing");
    const nameLength = this.#short(at + 28);
    const entry = this.#entry(at + 8, at + centralLength, nameLength);
    const { name, flags, method, compressed, size } = entry;
    require(isName(name), "invalid-name", "a file has a name that files of a bundle do not have");
    require((flags & 0x2041) === 0, "encrypted", `${name} is encrypted`);
    require((flags & 8) === 0, "data-descriptor", `${name} has its sizes behind it`);
    require((flags & ~harmlessFlags) === 0, "unknown-flag", `${name} has a flag that no bundle has`);
    require(method === 0, "unknown-method", `${name} is compressed by the method ${method}; files of a bundle are stored`);
    require(compressed !== 0xffffffff && size !== 0xffffffff, "zip64", `${name} is of a zip64 archive`);
    require(this.#short(at + 34) === 0, "split", "it is one part of several");
    const type = this.#number(at + 38) >>> 28;
    require(type === 0 || type === 8, "not-a-file", `${name} is a link or a device`);
    const extra = this.#short(at + 30) + this.#short(at + 32);
    require(extra === 0, "extra-field", `${name} has extra fields or a comment`);
    const follows = this.#number(at + 42) === this.#local;
    require(follows, "not-contiguous", `${name} does not begin where the file before it ends`);
    this.#central += centralLength + nameLength;
    return entry;
  }

  #readLocal(entry) {
    const at = this.#local;
    this.#requireInside(at, localLength);
    require(this.#number(at) === localMark, "truncated", `the header of ${entry.name} is missing`);
    const other = this.#entry(at + 6, at + localLength, this.#short(at + 26));
    const agree = Object.keys(entry).every((member) => entry[member] === other[member]);
    require(agree, "header-mismatch", `${entry.name} has two headers that differ`);
    require(this.#short(at + 28) === 0, "extra-field", `${entry.name} has extra fields or a comment`);
    const begin = at + localLength + entry.name.length;
    this.#local = begin + entry.compressed;
    require(this.#local <= this.#start, "truncated", `${entry.name} is cut short`);
    require(entry.compressed === entry.size, "wrong-size", `${entry.name} does not have the stated size`);
    const content = this.#bytes.subarray(begin, this.#local);
    require(crc32(content) === entry.checksum, "wrong-checksum", `${entry.name} does not have the stated checksum`);
    return content;
  }

  // The members that both headers have, from the flags on.
  #entry(at, nameAt, nameLength) {
    this.#requireInside(nameAt, nameLength);
    return {
      name: latin1(this.#bytes.subarray(nameAt, nameAt + nameLength)),
      flags: this.#short(at),
      method: this.#short(at + 2),
      checksum: this.#number(at + 8),
      compressed: this.#number(at + 12),
      size: this.#number(at + 16),
    };
  }

  #requireInside(at, length) {
    require(at + length <= this.#bytes.length, "truncated", "it ends in the middle of a header");
  }

  #short(at) {
    return this.#view.getUint16(at, true);
  }

  #number(at) {
    return this.#view.getUint32(at, true);
  }
}

// Paths of one or more segments; no segment is empty, or begins with a dot.
const isName = (name) => name.length <= maxName && /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/.test(name);

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) {
    byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
  }
  return byte;
});

function crc32(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum = table[(sum ^ byte) & 255] ^ (sum >>> 8);
  }
  return (sum ^ 0xffffffff) >>> 0;
}

function require(holds, code, message) {
  if (!holds) {
    throw new ArchiveFault(code, message);
  }
}
