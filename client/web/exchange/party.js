// @ts-check
// Who is signed in, with everything that the steps of the protocol need.

import { keysOfParty } from "../keys/party-key.js";
import { Directory } from "../keys/directory.js";
import { anchorOfPin, findPin, pinStore } from "../service/pins.js";
import { Problem } from "../service/problem.js";

/** A signed-in party in this browser. */
export class Party {
  /**
   * @param {{ id: string, api: import("../service/api.js").Api, database: import("../service/database.js").Database,
   *   service: any, anchor: any }} parts `anchor` is the pinned store's.
   */
  constructor({ id, api, database, service, anchor }) {
    this.id = id;
    this.api = api;
    this.database = database;
    this.service = service;
    this.anchor = anchor;
    this.store = /** @type {string} */ (service.ttp);
    this.directory = new Directory(api, service);
  }

  /**
   * Takes up a party, and pins the store's keys if this browser has not yet.
   * @param {{ id: string, api: import("../service/api.js").Api, database: import("../service/database.js").Database, service: any }} parts
   */
  static async open({ id, api, database, service }) {
    database.require();
    const pin = (await findPin(database, service)) ?? (await pinStore(database, service));
    return new Party({ id, api, database, service, anchor: anchorOfPin(pin) });
  }

  /** The key that this browser signs with; null when it has none that is registered and not retired. */
  async findKey() {
    const valid = (await this.directory.keysOf(this.id)).filter((key) => !key.retiredAt).map((key) => key.kid);
    return (await keysOfParty(this.database, this.id)).find((key) => valid.includes(key.kid)) ?? null;
  }

  /** @throws {Problem} `no-key` */
  async requireKey() {
    const key = await this.findKey();
    if (key === null) {
      throw new Problem("no-key", "This browser has no key of yours that is registered.");
    }
    return key;
  }
}
