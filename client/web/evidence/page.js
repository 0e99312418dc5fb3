// The page of a bundle for people, written anew from the evidence: a page that says something else is found out.

import { names } from "./exchange.js";
import { findCertificate, isMadeInPage } from "./key-records.js";
import { signerOf } from "./kinds.js";
import { parse, trim } from "./token.js";

const style =
  "@page{size:A4;margin:15mm}body{font:10pt/1.35 sans-serif;max-width:180mm;margin:auto}h1{font-size:16pt}h2{font-size:11pt}" +
  "table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:1mm 2mm;border-top:1px solid #999}" +
  "th{width:28mm}td{overflow-wrap:anywhere}li{margin:0}";

const meaning = [
  "A signature that verifies shows that the holder of the key signed exactly this statement.",
  "A key that is its owner's, and was valid then, shows who that holder is, as far as the store vouches for it.",
  "References that agree show that receipt and release speak of this document and this exchange, and of no other.",
  "A release shows that each side could read the other's evidence from that time on, and neither before.",
  "A digest that agrees shows that a file is the document, to the last bit.",
  "All of this holds for whoever knows the store's key from elsewhere than this bundle. This page itself proves nothing: verify the" +
    " bundle.",
];

/**
 * Writes the page's text.
 * @param {any} verdict @param {Record<string, string>} tokens @param {Map<string, any>} keys
 * @returns {Promise<string>}
 */
export async function writePage(verdict, tokens, keys) {
  const rows = await Promise.all(names.filter((name) => tokens[name] !== undefined).map((name) => tokenRow(tokens[name], keys)));
  return [
    "<!doctype html>",
    '<html lang="en">',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    "<title>Certificate of a fair exchange</title>",
    `<style>${style}</style>`,
    "<h1>Certificate of a fair exchange</h1>",
    "<table>",
    ...(await facts(verdict, keys)).map(([name, value]) => row(name, value)),
    "</table>",
    "<h2>The evidence</h2>",
    "<table>",
    ...rows,
    "</table>",
    "<h2>What verifying it proves</h2>",
    "<ul>",
    ...meaning.map((sentence) => `<li>${escape(sentence)}`),
    "</ul>",
    "",
  ].join("\n");
}

async function facts({ state, statement, document }, keys) {
  if (statement === null || document === null) {
    return [];
  }
  const { method, digest, commitment } = document;
  return [
    ["Ending", state],
    ["Document", document.name],
    ["Type and size", `${document.type}, ${document.size} bytes`],
    digest === undefined ? ["Commitment", commitment] : ["Digest", `${method} ${digest}`],
    ["From", await who(statement.orig, keys)],
    ["To", (await Promise.all(statement.rcpt.map((party) => who(party, keys)))).join(", ")],
    ["Through", statement.ttp],
    ["Exchange", statement.exch ?? ""],
    ["Policy", statement.pol],
    ["Deadline", statement.due ?? ""],
  ];
}

// As the certificates of its keys say, each thing once: one key's may tell less than another's.
async function who(party, keys) {
  const told = new Set();
  for (const key of [...keys.values()].filter((own) => own.party === party)) {
    const { name, email } = (await findCertificate(key.certificate ?? "")) ?? {};
    if (name !== undefined) {
      told.add(`says to be ${name}`);
    }
    if (email !== undefined) {
      told.add(`verified address ${email}`);
    }
  }
  return [party, ...told].join(", ");
}

async function tokenRow(text, keys) {
  let token;
  try {
    token = await parse(trim(text));
  } catch {
    return row("?", "not a token");
  }
  const { kind, kid, hash, statement } = token;
  const key = keys.get(kid);
  const made = isMadeInPage(await findCertificate(key?.certificate ?? "")) ? ", made in a web page" : "";
  return row(kind, `${statement.gen}, signed by ${signerOf(statement)} with the key ${kid} (${key?.kind ?? "?"}${made}), hash ${hash}`);
}

const row = (name, value) => `<tr><th>${escape(name)}<td><bdi>${escape(value)}</bdi>`;

const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

const escape = (text) => text.replace(/[&<>"']/g, (symbol) => entities[symbol]);
