// The store's own keys one after the other, as the successions show it that came with the evidence.

import { time } from "./identifiers.js";
import { checkSuccession } from "./key-records.js";
import { isValidAt } from "./keys.js";

/** How far the clocks of two parts of the store may differ. */
const clockSkew = 5 * 60 * 1000;
const earliest = Date.parse("0001-01-01T00:00:00.000Z");

/** The successions of a bundle, verified; `keys` are the bundle's, each seal with the time in which it may be used. */
export class History {
  /** @type {any[]} */
  checks = [];
  /** @type {Map<string, any>} */
  keys = new Map();
  #believed = [];

  /**
   * Verifies successions.
   * @param {string} text A file's, one succession a line.
   * @param {Map<string, any>} keys All keys that came, by their thumbprints.
   * @returns {Promise<History>}
   */
  static async verify(text, keys) {
    const history = new History();
    for (const line of text.split("\n").filter((record) => record !== "")) {
      const token = await checkSuccession(line, keys, history.checks);
      history.#believed.push(...(token === null ? [] : [token]));
    }
    history.keys = new Map([...keys].map(([kid, key]) => [kid, history.#bound(key)]));
    history.#checkOrder();
    return history;
  }

  /** Whether nothing is told of the store's keys. */
  get isEmpty() {
    return this.#believed.length === 0;
  }

  /** Whether the history leads from one seal to another, newer or older. */
  leads(from, to) {
    return reach([from], this.#seals()).has(to);
  }

  /** Whether it leads from one key of the log or of the stamps to another, by what seals say that are known, or follow from those. */
  leadsFor(use, from, to, seals) {
    const known = reach(seals, this.#seals());
    const steps = this.#of(use)
      .filter(({ kid }) => known.has(kid))
      .flatMap(({ statement: { prior, key } }) => [
        [prior, key],
        [key, prior],
      ]);
    return reach([from], steps).has(to);
  }

  #of(use) {
    return this.#believed.filter(({ statement }) => statement.use === use);
  }

  // Whoever signs a succession of seals speaks for the other of the two.
  #seals() {
    return this.#of("seal").map(({ kid, statement: { prior, key } }) => [kid, kid === prior ? key : prior]);
  }

  #bound(key) {
    const own = this.#of("seal").filter(
      (token) => token.kid === key.kid && token.statement.ttp === key.party && this.#hasTwin(token),
    );
    const since = own.filter(({ statement }) => statement.key === key.kid).map(({ statement }) => time(statement.gen));
    const until = own.filter(({ statement }) => statement.prior === key.kid).map(({ statement }) => time(statement.ends));
    return {
      ...key,
      ...(since.length > 0 && { notBefore: isoText(Math.max(...since) - clockSkew) }),
      ...(until.length > 0 && { retiredAt: isoText(Math.min(...until)) }),
    };
  }

  // Without the former seal's own word nothing would say when its time ends, and whoever stole it later would leave that word out.
  #hasTwin({ kid, statement }) {
    return this.#believed.some((other) => other.kid !== kid && isSame(other.statement, statement));
  }

  // Each succession is signed by a seal in its time, and no key has two successors, or two predecessors.
  #checkOrder() {
    const outOfOrder = [];
    for (const token of this.#believed) {
      const fault = this.#findFault(token);
      const detail = fault ?? `from ${token.statement.gen} on`;
      this.checks.push({ name: "succession.order", passed: fault === null, detail });
      outOfOrder.push(...(fault === null ? [] : [token.statement]));
    }
    this.#believed = this.#believed.filter(({ statement }) => !outOfOrder.some((other) => isSame(other, statement)));
  }

  #findFault(token) {
    const { kid, statement } = token;
    const { use, prior, key, gen, ends } = statement;
    if (this.#of(use).some(({ statement: other }) => (other.prior === prior) !== (other.key === key))) {
      return "a key has two successors, or two predecessors";
    }
    if (use === "seal" && !this.#hasTwin(token)) {
      return "only one of the two seals signed it";
    }
    if (!isValidAt(this.keys.get(kid), time(gen), clockSkew)) {
      return "key-not-valid: it was signed out of its key's time";
    }
    // Or whoever stole the new key later would invent a former one whose time goes on.
    const outlasts = use === "seal" && !isValidAt(this.keys.get(key), time(ends), clockSkew);
    return outlasts ? "key-not-valid: the former key outlasts the new one" : null;
  }
}

// A statement has one form, so the text tells whether two are the same.
const isSame = (left, right) => JSON.stringify(left) === JSON.stringify(right);

// No time of evidence is before the year 1.
const isoText = (milliseconds) => new Date(Math.max(milliseconds, earliest)).toISOString();

function reach(start, steps) {
  const reached = new Set(start);
  for (let before = -1; before < reached.size; ) {
    before = reached.size;
    for (const [from, to] of steps) {
      if (reached.has(from)) {
        reached.add(to);
      }
    }
  }
  return reached;
}
