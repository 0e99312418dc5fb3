// @ts-check
// Who is signed in: the access token in memory, the refresh token in this tab's storage.

import { Problem } from "./problem.js";
import { claimsOf } from "./user-pool.js";

const storageKey = "fairshare.session";

// Renewed a little early, so that a token does not expire on its way.
const margin = 60_000;

/** The session of this tab. */
export class Session {
  /** @type {import("./user-pool.js").Tokens | null} */
  #tokens = null;
  #pool;

  /** @param {import("./user-pool.js").UserPool} pool */
  constructor(pool) {
    this.#pool = pool;
  }

  /** The party's id; null when nobody is signed in. @type {string | null} */
  party = null;

  /** The address that was typed at the sign-in. */
  email = "";

  /** @param {string} email @param {import("./user-pool.js").Tokens} tokens */
  begin(email, tokens) {
    this.#tokens = tokens;
    this.party = claimsOf(tokens.access).sub;
    this.email = email;
    sessionStorage.setItem(storageKey, JSON.stringify({ email, refresh: tokens.refresh }));
  }

  /** Goes on with the session that this tab had before it was reloaded, if there was one. */
  async resume() {
    const kept = JSON.parse(sessionStorage.getItem(storageKey) ?? "null");
    if (kept !== null) {
      try {
        this.begin(kept.email, await this.#pool.refresh(kept.refresh));
      } catch (problem) {
        this.#forgetIfRefused(problem);
      }
    }
  }

  /** A token that is good now. @throws {Problem} `session-expired` */
  async token() {
    if (this.#tokens === null) {
      throw new Problem("session-expired", "Nobody is signed in.", 401);
    }
    if (Date.now() > this.#tokens.expires - margin) {
      try {
        this.#tokens = await this.#pool.refresh(this.#tokens.refresh);
      } catch (problem) {
        this.#forgetIfRefused(problem);
        throw problem instanceof Problem && problem.code === "unreachable"
          ? problem
          : new Problem("session-expired", "The session has ended.", 401);
      }
    }
    return this.#tokens.access;
  }

  /** Ends the session here and at the user pool. */
  async end() {
    const refresh = this.#tokens?.refresh;
    this.forget();
    if (refresh !== undefined) {
      await this.#pool.revoke(refresh).catch(() => undefined);
    }
  }

  /** Ends the session here. */
  forget() {
    this.#tokens = null;
    this.party = null;
    sessionStorage.removeItem(storageKey);
  }

  // Where the pool only could not be reached, the token is still good.
  /** @param {unknown} problem */
  #forgetIfRefused(problem) {
    if (!(problem instanceof Problem && problem.code === "unreachable")) {
      this.forget();
    }
  }
}
