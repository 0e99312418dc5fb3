// Verifies bundles one after the other, with the modules that a browser uses: a line of JSON for each path on standard input.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, key] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(`${folder}/evidence/${name}.js`));
const [{ anchorOfKeys }, { verifyBundle }, { exitCodeOf, linesOf }] = await Promise.all(["anchors", "bundle", "verdict"].map(load));
const anchors = key ? [anchorOfKeys([key])] : [];

for (const path of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const verdict = await verifyBundle(new Uint8Array(readFileSync(path)), anchors);
  console.log(JSON.stringify({ exitCode: exitCodeOf(verdict), output: linesOf(verdict).join("\n") + "\n" }));
}
