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
  #graph = new Graph([]);

  /**
   * Verifies successions.
   * @param {string} text A file's, one succession a line.
   * @param {Map<string, any>} keys All keys that came, by their thumbprints.
   * @returns {Promise<History>}
   */
  static async verify(text, keys) {
    const history = new History();
    const believed = [];
    for (const line of text.split("\n").filter((record) => record !== "")) {
      const token = await checkSuccession(line, keys, history.checks);
      believed.push(...(token === null ? [] : [token]));
    }
    history.#believe(believed);
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
    return this.#graph.reachSeals([from]).has(to);
  }

  /** Whether it leads from one key of the log or of the stamps to another, by what seals say that are known, or follow from those. */
  leadsFor(use, from, to, seals) {
    const known = this.#graph.reachSeals(seals);
    const steps = new Map();
    for (const { kid, statement } of this.#believed) {
      if (statement.use === use && known.has(kid)) {
        addTo(steps, statement.prior, statement.key);
        addTo(steps, statement.key, statement.prior);
      }
    }
    return reach([from], (key) => steps.get(key) ?? []).has(to);
  }

  #believe(tokens) {
    this.#believed = tokens;
    this.#graph = new Graph(tokens);
  }

  #bound(key) {
    // Without the former seal's own word nothing would say when its time ends, and whoever stole it later would leave that word out.
    const own = this.#graph
      .sealsBy(key.kid)
      .filter((token) => token.statement.ttp === key.party && this.#graph.hasTwin(token));
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
    const outOfOrder = new Set();
    for (const token of this.#believed) {
      const fault = this.#findFault(token);
      const detail = fault ?? `from ${token.statement.gen} on`;
      this.checks.push({ name: "succession.order", passed: fault === null, detail });
      if (fault !== null) {
        outOfOrder.add(textOf(token.statement));
      }
    }
    this.#believe(this.#believed.filter(({ statement }) => !outOfOrder.has(textOf(statement))));
  }

  #findFault(token) {
    const { kid, statement } = token;
    const { use, key, gen, ends } = statement;
    if (this.#graph.isForked(statement)) {
      return "a key has two successors, or two predecessors";
    }
    if (use === "seal" && !this.#graph.hasTwin(token)) {
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

// Successions by their keys, so that what is asked of each takes no longer where there are many.
class Graph {
  #signers = new Map();
  #successors = new Map();
  #predecessors = new Map();
  #seals = new Map();

  constructor(tokens) {
    for (const token of tokens) {
      const { kid, statement } = token;
      addTo(this.#signers, textOf(statement), kid);
      addTo(this.#successors, `${statement.use} ${statement.prior}`, statement.key);
      addTo(this.#predecessors, `${statement.use} ${statement.key}`, statement.prior);
      if (statement.use === "seal") {
        addTo(this.#seals, kid, token);
      }
    }
  }

  sealsBy(kid) {
    return [...(this.#seals.get(kid) ?? [])];
  }

  hasTwin({ statement }) {
    return this.#signers.get(textOf(statement)).size > 1;
  }

  isForked({ use, prior, key }) {
    return this.#successors.get(`${use} ${prior}`).size > 1 || this.#predecessors.get(`${use} ${key}`).size > 1;
  }

  // Whoever signs a succession of seals speaks for the other of the two.
  reachSeals(from) {
    return reach(from, (kid) => this.sealsBy(kid).map(({ statement: { prior, key } }) => (kid === prior ? key : prior)));
  }
}

function addTo(groups, name, value) {
  if (!groups.has(name)) {
    groups.set(name, new Set());
  }
  groups.get(name).add(value);
}

// A statement has one form, so its text tells whether two are the same.
const textOf = (statement) => JSON.stringify(statement);

// No time of evidence is before the year 1.
const isoText = (milliseconds) => new Date(Math.max(milliseconds, earliest)).toISOString();

function reach(start, next) {
  const reached = new Set(start);
  // What is added to a set while it is walked through is walked through, too.
  for (const key of reached) {
    for (const found of next(key)) {
      reached.add(found);
    }
  }
  return reached;
}
