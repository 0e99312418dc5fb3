// @ts-check
// The page as a whole: what it knows, and what views may ask of it.

import { Api } from "../service/api.js";
import { Database } from "../service/database.js";
import { Problem } from "../service/problem.js";
import { Session } from "../service/session.js";
import { UserPool } from "../service/user-pool.js";

/**
 * @typedef {{ title: string, render: () => unknown, close?: () => void }} View
 */

/** What views share. */
export class Page {
  /** @type {import("../exchange/party.js").Party | null} */
  party = null;
  /** What was just said to people who hear the page instead of seeing it. */
  status = "";
  /** @type {Map<string, string | null>} */
  #names = new Map();

  /**
   * @param {{ texts: import("../texts/texts.js").Texts, service: any, api: Api, database: Database, session: Session, pool: UserPool,
   *   refresh: () => void }} parts
   */
  constructor({ texts, service, api, database, session, pool, refresh }) {
    this.texts = texts;
    this.service = service;
    this.api = api;
    this.database = database;
    this.session = session;
    this.pool = pool;
    this.refresh = refresh;
  }

  /** @param {Promise<import("../texts/texts.js").Texts>} reading The words, on their way. @param {() => void} refresh */
  static async open(reading, refresh) {
    const api = new Api(async () => null);
    const [database, service, texts] = await Promise.all([
      Database.open(),
      api.get("/.well-known/fairshare", { open: true }),
      reading,
    ]);
    const pool = new UserPool(service.identity);
    const session = new Session(pool);
    const page = new Page({ texts, service, api, database, session, pool, refresh });
    await session.resume();
    await page.enter();
    return page;
  }

  /** Takes up who is signed in; who is not needs nothing that evidence is judged by. */
  async enter() {
    if (this.session.party === null) {
      return;
    }
    const id = this.session.party;
    // Calls that one party has begun are never made as the next who signs in.
    const api = new Api(() => this.session.token(id));
    api.ahead = this.api.ahead;
    const { Party } = await import("../exchange/party.js");
    try {
      const { database, service } = this;
      this.party = await Party.open({ id, api, database, service });
      this.api = api;
    } catch (problem) {
      this.session.forget();
      throw problem;
    }
  }

  /** The party that is signed in. @throws {Problem} `session-expired` */
  get me() {
    if (this.party === null) {
      throw new Problem("session-expired", "Nobody is signed in.", 401);
    }
    return this.party;
  }

  /** Ends the session. */
  async leave() {
    this.party = null;
    await this.session.end();
  }

  /** Goes to another view, or opens the same one anew. @param {string} path */
  go(path) {
    if (location.hash === `#/${path}`) {
      dispatchEvent(new Event("hashchange"));
    } else {
      location.hash = `#/${path}`;
    }
  }

  /** @param {string} key @param {Record<string, string | number>} [values] */
  say(key, values) {
    return this.texts.say(key, values);
  }

  /** Says something to people who hear the page. @param {string} words */
  announce(words) {
    this.status = words;
    this.refresh();
  }

  /** Who a party is, as far as its certificate tells; null until that is known, and where it tells nothing. @param {string} party */
  nameOf(party) {
    if (!this.#names.has(party)) {
      this.#names.set(party, null);
      this.me.directory.nameOf(party).then(
        (name) => {
          this.#names.set(party, name);
          this.refresh();
        },
        () => this.#names.delete(party),
      );
    }
    return this.#names.get(party) ?? null;
  }
}
