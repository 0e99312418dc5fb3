// @ts-check
// The calls of the HTTP API, beneath the page's own origin.

import { randomText } from "./random.js";
import { Problem, readProblem } from "./problem.js";

const attempts = 4;
const transient = [429, 502, 503, 504];

/** How far this machine's clock may be off from the service's, as for the command: a minute. */
const clockTolerance = 60_000;

/** @typedef {{ open?: boolean, owner?: string }} As Nobody in particular, or whoever has the owner's secret; else who is signed in. */

/** The service, as somebody who is signed in, or as anybody. */
export class Api {
  /** Milliseconds that this machine's clock was ahead of the service's at the last answer. */
  ahead = 0;
  #token;

  /** @param {() => Promise<string | null>} token The access token for a call; null for none. */
  constructor(token) {
    this.#token = token;
  }

  /** @param {string} path @param {As} [as] */
  get(path, as = {}) {
    return this.#send("GET", path, undefined, "", as);
  }

  /**
   * Posts JSON. All attempts have one Idempotency-Key, so a repeat is answered with the outcome of the first.
   * @param {string} path @param {unknown} [body] @param {string} [key] That of an earlier call, to be answered with its outcome.
   * @param {As} [as]
   */
  post(path, body = {}, key = randomText(16), as = {}) {
    return this.#send("POST", path, JSON.stringify(body), key, as);
  }

  /** @param {string} path @param {As} [as] */
  delete(path, as = {}) {
    return this.#send("DELETE", path, undefined, "", as);
  }

  /** A text that anybody may read, as the log's; null where there is none. @param {string} path @returns {Promise<string | null>} */
  async text(path) {
    const response = await this.#fetch(path, { method: "GET" });
    if (response.status === 404) {
      return null;
    }
    return response.ok ? response.text() : Promise.reject(await readProblem(response));
  }

  /** @throws {Problem} `clock-wrong`: what is signed by such a clock may be refused, now or later. */
  requireClock() {
    if (Math.abs(this.ahead) > clockTolerance) {
      const seconds = Math.round(Math.abs(this.ahead) / 1000);
      throw new Problem("clock-wrong", `This machine's clock is ${seconds} s ${this.ahead > 0 ? "ahead of" : "behind"} the service's.`);
    }
  }

  /** @param {string} method @param {string} path @param {string | undefined} body @param {string} key @param {As} as */
  async #send(method, path, body, key, { open = false, owner }) {
    /** @type {Record<string, string>} */
    const headers = owner === undefined ? { accept: "application/json" } : { accept: "application/json", "fairshare-owner": owner };
    if (body !== undefined) {
      headers["content-type"] = "application/json";
      headers["idempotency-key"] = key;
    }
    for (let attempt = 1; ; attempt++) {
      const token = open || owner !== undefined ? null : await this.#token();
      const response = await this.#fetch(path, {
        method,
        body,
        headers: token === null ? headers : { ...headers, authorization: `Bearer ${token}` },
      });
      if (response.ok) {
        return response.json();
      }
      if (attempt === attempts || !transient.includes(response.status)) {
        throw await readProblem(response);
      }
      await new Promise((resolve) => setTimeout(resolve, 100 << attempt));
    }
  }

  /** @param {string} path @param {RequestInit} request */
  async #fetch(path, request) {
    let response;
    try {
      response = await fetch(`api${path}`, { ...request, credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer" });
    } catch {
      throw new Problem("unreachable", "The service cannot be reached.");
    }
    const date = Date.parse(response.headers.get("date") ?? "");
    this.ahead = Number.isNaN(date) ? this.ahead : Date.now() - date;
    return response;
  }
}

/** Every entry of a list that comes in pages. @param {Api} api @param {string} path @param {string} member */
export async function listAll(api, path, member) {
  const entries = [];
  let cursor = null;
  do {
    const query = cursor === null ? "" : `${path.includes("?") ? "&" : "?"}cursor=${encodeURIComponent(cursor)}`;
    const page = await api.get(path + query);
    entries.push(...page[member]);
    cursor = page.cursor ?? null;
  } while (cursor !== null);
  return entries;
}
