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
    const own = this.#of("seal").filter(({ kid, statement }) => kid === key.kid && statement.ttp === key.party);
    const since = own.filter(({ statement }) => statement.key === key.kid).map(({ statement }) => time(statement.gen));
    const until = own.filter(({ statement }) => statement.prior === key.kid).map(({ statement }) => time(statement.ends));
    return {
      ...key,
      ...(since.length > 0 && { notBefore: isoText(Math.max(...since) - clockSkew) }),
      ...(until.length > 0 && { retiredAt: isoText(Math.min(...until)) }),
    };
  }

  // Each succession is signed by a seal in its time, and no key has two successors, or two predecessors.
  #checkOrder() {
    const inOrder = [];
    for (const token of this.#believed) {
      const { kid, statement } = token;
      const isForked = this.#of(statement.use).some(
        ({ statement: other }) => (other.prior === statement.prior) !== (other.key === statement.key),
      );
      const isInTime = isValidAt(this.keys.get(kid), time(statement.gen), clockSkew);
      const late = isInTime ? null : "key-not-valid: it was signed out of its key's time";
      const fault = isForked ? "a key has two successors, or two predecessors" : late;
      this.checks.push({ name: "succession.order", passed: fault === null, detail: fault ?? `from ${statement.gen} on` });
      inOrder.push(...(fault === null ? [token] : []));
    }
    this.#believed = inOrder;
  }
}

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
