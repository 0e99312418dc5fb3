// @ts-check
// Who is signed in: the access token in memory, the refresh token in this tab's storage.

import { Problem } from "./problem.js";
import { claimsOf } from "./user-pool.js";

const storageKey = "fairshare.session";

// Renewed a little early, so that a token does not expire on its way.
const margin = 60_000;

const expired = () => new Problem("session-expired", "The session has ended.", 401);

/** The session of this tab. */
export class Session {
  /** @type {import("./user-pool.js").Tokens | null} */
  #tokens = null;
  /** @type {{ of: import("./user-pool.js").Tokens, token: Promise<string> } | null} */
  #renewal = null;
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

  /** A token of this party that is good now; never another's who has signed in since. @param {string} party @throws {Problem} `session-expired` */
  async token(party) {
    const held = this.#tokens;
    if (held === null || this.party !== party) {
      throw expired();
    }
    if (Date.now() <= held.expires - margin) {
      return held.access;
    }
    if (this.#renewal?.of !== held) {
      this.#renewal = { of: held, token: this.#renew(held) };
    }
    return this.#renewal.token;
  }

  // The pool may answer when this session is over, and another has begun.
  /** @param {import("./user-pool.js").Tokens} held */
  async #renew(held) {
    try {
      const renewed = await this.#pool.refresh(held.refresh);
      if (this.#tokens !== held) {
        throw expired();
      }
      this.#tokens = renewed;
      return renewed.access;
    } catch (problem) {
      if (this.#tokens === held) {
        this.#renewal = null;
        this.#forgetIfRefused(problem);
      }
      throw problem instanceof Problem && problem.code === "unreachable" ? problem : expired();
    }
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
