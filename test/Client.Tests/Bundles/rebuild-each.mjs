// Rebuilds a log from its tiles at each size: {files: {path: base64}, roots: [base64, …]} on standard input, sizes that failed on output.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { rebuild } = await import(pathToFileURL(`${process.argv[2]}/evidence/merkle.js`));
const { files, roots } = JSON.parse(readFileSync(0, "utf8"));
const read = async (path) => Uint8Array.from(Buffer.from(files[path] ?? "", "base64"));
for (const [size, root] of roots.entries()) {
  const rebuilt = await rebuild(size, read);
  if (rebuilt === null || Buffer.from(rebuilt).toString("base64") !== root) {
    console.log(size);
  }
}
