// @ts-check
// What this browser keeps: keys, uploads under way, the store's pinned keys, receipts that were signed and perhaps not sent, the
// owner's secrets of what was put into the vault, what the log was when it was looked at, and whom one has sent to.

import { Problem } from "./problem.js";

const stores = { keys: "kid", uploads: "id", pins: "store", receipts: "exchange", vault: "id", sights: "at", contacts: "id" };

/** @typedef {keyof typeof stores} StoreName */

/** The browser's database. */
export class Database {
  #open;

  /** @param {IDBDatabase | null} open Null where this browser, or this kind of window, keeps nothing: it reads as empty. */
  constructor(open) {
    this.#open = open;
  }

  /** Opens it; where nothing can be kept, evidence can still be verified. */
  static async open() {
    try {
      const request = indexedDB.open("fairshare", 4);
      request.onupgradeneeded = () => {
        const there = request.result.objectStoreNames;
        for (const [name, keyPath] of Object.entries(stores).filter(([name]) => !there.contains(name))) {
          request.result.createObjectStore(name, { keyPath });
        }
      };
      const open = await done(request);
      // A page of a later version, in another tab, must not wait for this one.
      open.onversionchange = () => open.close();
      return new Database(open);
    } catch {
      return new Database(null);
    }
  }

  /** @throws {Problem} `no-storage` */
  require() {
    if (this.#open === null) {
      throw new Problem("no-storage", "This browser window does not let the page keep anything.");
    }
    return this.#open;
  }

  /** @param {StoreName} store @param {string} key @returns {Promise<any>} Undefined for none. */
  get(store, key) {
    return this.#run(store, "readonly", (entries) => entries.get(key));
  }

  /** @param {StoreName} store @returns {Promise<any[]>} */
  async all(store) {
    return this.#open === null ? [] : this.#run(store, "readonly", (entries) => entries.getAll());
  }

  /** @param {StoreName} store @param {unknown} value @throws {Problem} `storage-full` */
  put(store, value) {
    return this.#run(store, "readwrite", (entries) => entries.put(value));
  }

  /** @param {StoreName} store @param {string} key */
  delete(store, key) {
    return this.#run(store, "readwrite", (entries) => entries.delete(key));
  }

  /** @param {StoreName} store @param {IDBTransactionMode} mode @param {(entries: IDBObjectStore) => IDBRequest} act */
  async #run(store, mode, act) {
    try {
      const transaction = this.require().transaction(store, mode, { durability: "strict" });
      const ended = new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = () => reject(transaction.error);
      });
      const result = await done(act(transaction.objectStore(store)));
      await ended;
      return result;
    } catch (fault) {
      throw isFull(fault) ? new Problem("storage-full", "This browser has no room left for the page.") : fault;
    }
  }
}

/** Whether the browser has no room left. @param {unknown} fault */
export const isFull = (fault) => fault instanceof DOMException && fault.name === "QuotaExceededError";

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
