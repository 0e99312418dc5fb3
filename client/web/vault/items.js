// @ts-check
// Items of the vault, put and got (docs/vault.md, "The service").

import { encode, decode, hashOf, sha256 } from "../evidence/bytes.js";
import { Problem } from "../service/problem.js";
import { randomOctets, randomText } from "../service/random.js";
import { problemOf, send } from "../transfer/object-store.js";
import { runWork } from "../transfer/work.js";
import { codeOf } from "./code.js";
import { mostOctets } from "./object.js";

/** @typedef {import("../app/page.js").Page} Page */
/** What this browser keeps: not the code. @typedef {{ id: string, owner: string, party: string, names: string[], expiresAt: string }} KeptItem */

/**
 * Stores files.
 * @param {Page} page
 * @param {{ files: File[], password: string | null, seconds: number, opens: number | null }} order
 * @param {(sent: number, size: number) => void} progress
 * @returns {Promise<import("./code.js").VaultCode>}
 */
export async function putItem(page, { files, password, seconds, opens }, progress) {
  page.database.require();
  // It is stored as whoever is signed in now, however long sealing takes.
  const { api, me } = page;
  const code = codeOf(password === null ? "L" : "P", randomOctets(16));
  const { keys, object, digest } = await runWork({ work: "sealVault", files, code, password }, () => undefined);
  const owner = randomOctets(16);
  // Before the service hears of it, so that an item whose answer is lost can still be erased.
  /** @type {KeptItem} */
  const kept = { id: keys.id, owner: encode(owner), party: me.id, names: files.map((file) => file.name), expiresAt: "" };
  await page.database.put("vault", kept);
  const announced = { method: "sha-256", value: digest };
  const grant = await api.post("/vault/items", {
    id: keys.id,
    verifier: keys.verifier,
    ownerTag: await hashOf(owner),
    size: object.length,
    expiresSeconds: seconds,
    maxOpens: opens,
    digest: announced,
  });
  await send(grant.upload, new Blob([object]), (sent) => progress(sent, object.length));
  await api.post(`/vault/items/${keys.id}/commit`, { size: object.length, digest: announced }, undefined, { owner: kept.owner });
  // It is stored: a browser that cannot note when it ends must not keep the code from its sender.
  await page.database.put("vault", { ...kept, expiresAt: grant.expiresAt }).catch(() => undefined);
  return code;
}

/**
 * Opens an item, which counts. Until everything is saved, this tab keeps its ticket, by which another try costs no second open.
 * @param {Page} page
 * @param {import("./code.js").VaultCode} code
 * @param {string | null} password
 * @returns {Promise<{ files: import("./archive.js").ArchivedFile[], others: number, opensLeft: number | null,
 *   finish: () => Promise<void> }>}
 *   `finish` gives the ticket back, once everything is saved.
 */
export async function openItem(page, code, password) {
  const keys = await runWork({ work: "vaultKeys", code, password }, () => undefined);
  const kept = `fairshare.vault.${keys.id}`;
  const ticket = sessionStorage.getItem(kept) ?? randomText(16);
  sessionStorage.setItem(kept, ticket);
  const answer = await page.api.post(`/vault/items/${keys.id}/open`, { auth: keys.auth, ticket }, undefined, { open: true });
  const object = answer.body ? /** @type {Uint8Array<ArrayBuffer>} */ (decode(answer.body)) : await fetchObject(answer);
  const opened = await runWork({ work: "openVault", object, keys, name: `vault-${keys.id}` }, () => undefined);
  const finish = async () => {
    // What is saved is saved, whether or not the service hears of it.
    await page.api.post(`/vault/items/${keys.id}/done`, { ticket }, undefined, { open: true }).catch(() => undefined);
    sessionStorage.removeItem(kept);
  };
  return { ...opened, opensLeft: answer.opensLeft ?? null, finish };
}

/** @param {{ url: string, size: number, digest: { method: string, value: string } }} answer */
async function fetchObject({ url, size, digest }) {
  if (size > mostOctets + (mostOctets >> 2)) {
    throw new Problem("vault-page-too-large", `The item has ${size} octets; the command opens it.`);
  }
  const response = await fetch(url, { credentials: "omit", referrerPolicy: "no-referrer" }).catch(() => null);
  if (response === null) {
    throw new Problem("unreachable", "The object store cannot be reached.");
  }
  if (!response.ok) {
    throw problemOf(await response.text(), response.status);
  }
  const object = new Uint8Array(await response.arrayBuffer());
  // Of parts the digest is one of digests; that the object is the right one, its encryption proves in either case.
  if (object.length !== size || (digest.method === "sha-256" && encode(await sha256(object)) !== digest.value)) {
    throw new Problem("vault-digest", "What came is not what the service announced.");
  }
  return object;
}

/** What this browser stored for whoever is signed in, with what the service says of it. @param {Page} page */
export async function keptItems(page) {
  const kept = (await page.database.all("vault")).filter(({ party }) => party === page.me.id);
  return Promise.all(
    kept.map(async (/** @type {KeptItem} */ item) => {
      const view = await page.api.get(`/vault/items/${item.id}`, { owner: item.owner }).catch(stateOf);
      return { ...item, state: view.state, opens: view.opens ?? null };
    }),
  );
}

// Only the service's word means that an item is gone.
/** @param {unknown} problem */
const stateOf = (problem) => ({ state: isGone(problem) ? "Gone" : "Unknown", opens: null });

/** @param {unknown} problem */
const isGone = (problem) => problem instanceof Problem && [404, 410].includes(problem.status);

/** Erases an item, here and there. @param {Page} page @param {KeptItem} item */
export async function eraseItem(page, item) {
  await page.api.delete(`/vault/items/${item.id}`, { owner: item.owner }).catch((problem) => {
    if (!isGone(problem)) {
      throw problem;
    }
  });
  await page.database.delete("vault", item.id);
}
