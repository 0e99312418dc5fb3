#!/usr/bin/env node
// The verifier of bundles as a command: node verify.js BUNDLE [--document FILE] [--store-key KID …]
// [--log-key VKEY …] [--witness-key VKEY …] [--stamp-key KID …] [--trust FILE]

import { existsSync, openAsBlob, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { anchorOf, anchorOfKeys, anchorsOf, demonstrated, pinned } from "./evidence/anchors.js";
import { verifyBundle } from "./evidence/bundle.js";
import { checkDocument } from "./evidence/document.js";
import { exitCodeOf, linesOf } from "./evidence/verdict.js";

const usage =
  "usage: node verify.js BUNDLE [--document FILE] [--store-key KID ...] [--log-key VKEY ...] [--witness-key VKEY ...]" +
  " [--stamp-key KID ...] [--trust FILE]";

const kinds = { "log-key": "logKeys", "witness-key": "witnessKeys", "stamp-key": "stampKeys" };

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      ...{ document: { type: "string" }, trust: { type: "string" } },
      ...Object.fromEntries(["store-key", ...Object.keys(kinds)].map((name) => [name, { type: "string", multiple: true }])),
    },
  });
  if (positionals.length !== 1) {
    throw new Error(usage);
  }
  const given = Object.keys(kinds).filter((name) => values[name] !== undefined);
  const more = given.map((name) => anchorOf(kinds[name], values[name], `--${name}`));
  return { path: positionals[0], document: values.document, keys: values["store-key"] ?? [], more, trust: values.trust };
}

// What is given on the command line; where nothing is, what the profile pinned, or saw in a demonstration.
function readAnchors({ keys, more, trust }) {
  const given = [...(keys.length > 0 ? [anchorOfKeys(keys)] : []), ...more];
  if (trust !== undefined) {
    given.push(...anchorsOf(readFileSync(trust, "utf8"), () => `named by the trust file ${resolve(trust)}`));
  }
  return given.length > 0 ? given : [...readProfile("trust.json", pinned), ...readProfile("demonstrations.json", demonstrated)];
}

function readProfile(name, sourceOf) {
  const path = join(process.env.FAIRSHARE_HOME ?? join(homedir(), ".fairshare"), name);
  return existsSync(path) ? anchorsOf(readFileSync(path, "utf8"), sourceOf) : [];
}

async function run() {
  const given = readArguments();
  const anchors = readAnchors(given);
  const verdict = await verifyBundle(new Uint8Array(readFileSync(given.path)), anchors);
  if (given.document !== undefined && verdict.document !== null) {
    verdict.checks.push(...(await checkDocument(verdict.document, await openAsBlob(given.document))));
  }
  console.log(linesOf(verdict).join("\n"));
  return exitCodeOf(verdict);
}

try {
  process.exitCode = await run();
} catch (error) {
  console.error(`verify.js: ${error.message}`);
  process.exitCode = error.message === usage || error.code?.startsWith("ERR_PARSE_ARGS") ? 2 : 8;
}
