// Compares a file with what evidence says of the document.

import { encode, sha256 } from "./bytes.js";

/**
 * Compares size and digest; where the evidence only commits to the digest, the size alone.
 * @param described The document as evidence describes it.
 * @param file A Blob: a browser's File, or what Node's fs.openAsBlob gives.
 */
export async function checkDocument(described, file) {
  if (file.size === 0) {
    return [{ name: "document.size", passed: false, detail: "0 bytes" }];
  }
  const size = { name: "document.size", passed: BigInt(file.size) === described.size, detail: `${file.size} bytes` };
  if (described.digest === undefined) {
    return [size];
  }
  const digest = encode(await digestOf(file, described.partSize));
  return [size, { name: "document.digest", passed: digest === described.digest, detail: `${described.method} ${digest}` }];
}

// Part by part, because WebCrypto hashes only what is in memory as a whole.
async function digestOf(file, partSize) {
  if (partSize === undefined) {
    return hash(file);
  }
  const digests = [];
  for (let at = 0; at < file.size; at += Number(partSize)) {
    digests.push(await hash(file.slice(at, at + Number(partSize))));
  }
  return sha256(await new Blob(digests).arrayBuffer());
}

const hash = async (blob) => sha256(await blob.arrayBuffer());
