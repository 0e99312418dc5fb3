// JSON read strictly (RFC 8259): no member twice, escapes resolved first, at most four objects deep, whole numbers of 64 bits.

import { fromUtf8 } from "./bytes.js";
import { Fault, invalid, missing } from "./fault.js";

const depthLimit = 4;
const unusable = Symbol("a value of no type that evidence uses");

/** The members of one object. Asking for a member by its type refuses every other type. */
export class Members {
  #values = new Map();
  #read = new Set();
  #path;

  constructor(path) {
    this.#path = path;
  }

  /** Reads octets that are one JSON object and nothing else. */
  static parse(bytes, path) {
    const text = fromUtf8(bytes);
    if (text === null) {
      throw malformed(path);
    }
    return new Reader(text, path).document();
  }

  has(name) {
    return this.#values.has(name);
  }

  text(name) {
    return this.optionalText(name) ?? this.#missing(name);
  }

  optionalText(name) {
    return this.#take(name, (value) => typeof value === "string");
  }

  integer(name) {
    return this.optionalInteger(name) ?? this.#missing(name);
  }

  optionalInteger(name) {
    return this.#take(name, (value) => typeof value === "bigint");
  }

  object(name) {
    return this.#take(name, (value) => value instanceof Members) ?? this.#missing(name);
  }

  optionalTexts(name) {
    return this.#take(name, Array.isArray);
  }

  /** A member's text when it has its form. */
  convert(name, text, isValid) {
    if (!isValid(text)) {
      throw this.invalid(name);
    }
    return text;
  }

  invalid(name) {
    return invalid(this.pathOf(name));
  }

  /** Refuses members that nobody has asked for; call it last. */
  refuseOthers() {
    if ([...this.#values.keys()].some((name) => !this.#read.has(name))) {
      throw new Fault("unknown-member", "The JSON holds a member that does not belong there.", this.#path || null);
    }
  }

  pathOf(name) {
    return this.#path === "" ? name : `${this.#path}.${name}`;
  }

  add(name, value) {
    if (this.#values.has(name)) {
      throw new Fault("duplicate-member", "The JSON holds a member twice.", this.#path || null);
    }
    this.#values.set(name, value);
  }

  #take(name, isOfType) {
    this.#read.add(name);
    const value = this.#values.get(name);
    if (value !== undefined && !isOfType(value)) {
      throw this.invalid(name);
    }
    return value;
  }

  #missing(name) {
    throw missing(this.pathOf(name));
  }
}

const malformed = (path) => new Fault("malformed-json", "The text is not one well-formed JSON object.", path || null);

class Reader {
  #text;
  #at = 0;
  #depth = 0;
  #path;

  constructor(text, path) {
    this.#text = text;
    this.#path = path;
  }

  document() {
    this.#space();
    if (this.#text[this.#at] !== "{") {
      throw this.#malformed();
    }
    const members = this.#object(this.#path);
    this.#space();
    if (this.#at !== this.#text.length) {
      throw this.#malformed();
    }
    return members;
  }

  #malformed() {
    return malformed(this.#path);
  }

  #space() {
    while (" \t\n\r".includes(this.#text[this.#at] ?? "x")) {
      this.#at++;
    }
  }

  #expect(symbol) {
    this.#space();
    if (this.#text[this.#at++] !== symbol) {
      throw this.#malformed();
    }
  }

  #enter() {
    this.#at++;
    if (++this.#depth > depthLimit) {
      throw this.#malformed();
    }
  }

  // Calls `element` for each of what stands between commas, until `end`.
  #each(end, element) {
    this.#enter();
    this.#space();
    if (this.#text[this.#at] !== end) {
      for (;;) {
        element();
        this.#space();
        if (this.#text[this.#at] !== ",") {
          break;
        }
        this.#at++;
      }
    }
    this.#expect(end);
    this.#depth--;
  }

  #object(path) {
    const members = new Members(path);
    this.#each("}", () => {
      this.#space();
      const name = this.#string();
      this.#expect(":");
      this.#space();
      members.add(name, this.#value(members.pathOf(name)));
    });
    return members;
  }

  #list() {
    const texts = [];
    let usable = true;
    this.#each("]", () => {
      this.#space();
      const value = this.#value("");
      usable &&= typeof value === "string";
      texts.push(value);
    });
    return usable ? texts : unusable;
  }

  #value(path) {
    switch (this.#text[this.#at]) {
      case '"':
        return this.#string();
      case "{":
        return this.#object(path);
      case "[":
        return this.#list();
      default:
        return this.#literal();
    }
  }

  #literal() {
    const rest = this.#text.slice(this.#at, this.#at + 400);
    const [word] = /^(true|false|null|-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?)/.exec(rest) ?? [""];
    if (word === "" || /^[^\s,\]}]/.test(rest.slice(word.length))) {
      throw this.#malformed();
    }
    this.#at += word.length;
    const number = /^-?[0-9]+$/.test(word) ? BigInt(word) : null;
    return number !== null && BigInt.asIntN(64, number) === number ? number : unusable;
  }

  #string() {
    const [quoted] = /^"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/.exec(this.#text.slice(this.#at)) ?? [null];
    if (quoted === null) {
      throw this.#malformed();
    }
    this.#at += quoted.length;
    const text = JSON.parse(quoted);
    if (/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text)) {
      throw this.#malformed();
    }
    return text;
  }
}
