// Verifies bundles one after the other, with the modules that a browser uses: a line of JSON for each path on standard input.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, ...options] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(`${folder}/evidence/${name}.js`));
const [{ anchorOf, anchorOfKeys }, { verifyBundle }, { exitCodeOf, linesOf }] = await Promise.all(
  ["anchors", "bundle", "verdict"].map(load),
);
const kinds = { "--log-key": "logKeys", "--witness-key": "witnessKeys", "--stamp-key": "stampKeys" };
const anchors = [];
for (let at = 0; at < options.length; at += 2) {
  const [name, value] = options.slice(at);
  anchors.push(name === "--store-key" ? anchorOfKeys([value]) : anchorOf(kinds[name], [value], name));
}

for (const path of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const verdict = await verifyBundle(new Uint8Array(readFileSync(path)), anchors);
  console.log(JSON.stringify({ exitCode: exitCodeOf(verdict), output: linesOf(verdict).join("\n") + "\n" }));
}
