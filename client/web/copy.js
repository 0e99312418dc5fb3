#!/usr/bin/env node
// Makes the folder that is served: a copy, with nothing bundled or changed. Usage: node copy.js [FOLDER], by default `served`.

import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = resolve(process.argv[2] ?? join(here, "served"));

const own = ["index.html", "page.css", "headers.json", "app", "evidence", "exchange", "keys", "service", "texts", "transfer", "vault", "views"];

// The parts of others that the page loads, and where it expects them.
const vendored = {
  "lit-html/lit-html.js": "vendor/lit-html/lit-html.js",
  "lit-html/LICENSE": "vendor/lit-html/LICENSE",
  ...Object.fromEntries(
    ["sha2.js", "_md.js", "_u64.js", "utils.js", "scrypt.js", "pbkdf2.js", "hmac.js", "LICENSE"].map((name) => [
      `@noble/hashes/${name}`,
      `vendor/noble-hashes/${name}`,
    ]),
  ),
  ...Object.fromEntries(
    ["chacha.js", "_arx.js", "_poly1305.js", "utils.js", "LICENSE"].map((name) => [`@noble/ciphers/${name}`, `vendor/noble-ciphers/${name}`]),
  ),
  "fzstd/esm/index.mjs": "vendor/fzstd/index.mjs",
  "fzstd/LICENSE": "vendor/fzstd/LICENSE",
};

const read = (path) => readFileSync(join(here, path), "utf8");

const hash = (algorithm, content) => `${algorithm}-${createHash(algorithm).update(content).digest("base64")}`;

// The import map stands in the page as it is reviewed: what is copied must be what the map says, and the headers must allow that map.
function requireAgreement() {
  const page = read("index.html");
  const map = /<script type="importmap">(.*?)<\/script>/s.exec(page)?.[1] ?? "";
  const integrity = hash("sha384", readFileSync(join(here, "node_modules/lit-html/lit-html.js")));
  if (!map.includes(integrity) || !page.includes(`lit-html.js" integrity="${integrity}"`)) {
    throw new Error(`index.html must have the integrity ${integrity} for lit-html.js, in its map and its preload; what npm installed is something else.`);
  }
  if (!JSON.parse(read("headers.json"))["Content-Security-Policy"].includes(`'${hash("sha256", map)}'`)) {
    throw new Error(`headers.json must allow the import map of index.html: '${hash("sha256", map)}'.`);
  }
}

try {
  requireAgreement();
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const name of own) {
    cpSync(join(here, name), join(target, name), { recursive: true });
  }
  for (const [from, to] of Object.entries(vendored)) {
    mkdirSync(dirname(join(target, to)), { recursive: true });
    cpSync(join(here, "node_modules", from), join(target, to));
  }
  // Beside the page stands what describes the API, which is beneath /api here.
  const api = JSON.parse(read("../../docs/openapi.json"));
  writeFileSync(join(target, "openapi.json"), JSON.stringify({ ...api, servers: [{ url: "/api" }] }));
  console.log(`The page is in ${target}.`);
} catch (error) {
  const missing = error.code === "ENOENT" && error.path?.includes("node_modules");
  console.error(missing ? "Run npm ci first." : error.message);
  process.exitCode = 1;
}
