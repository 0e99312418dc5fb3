// DER, as far as stamps need it (X.690): one way to write each value.

/** Octets that are no such DER. */
export class DerFault extends Error {}

/** Reads the values of some octets one after the other. */
export class Der {
  #bytes;
  #at = 0;

  constructor(bytes) {
    this.#bytes = bytes;
  }

  get isEmpty() {
    return this.#at === this.#bytes.length;
  }

  /** The tag of the next value; null at the end. */
  get tag() {
    return this.isEmpty ? null : this.#bytes[this.#at];
  }

  /** The next value: its content, and the whole of it. */
  read(tag) {
    if (tag !== undefined && this.tag !== tag) {
      throw new DerFault();
    }
    const start = this.#at;
    if (this.isEmpty || (this.#bytes[start] & 31) === 31) {
      throw new DerFault();
    }
    this.#at++;
    const length = this.#length();
    const content = this.#bytes.subarray(this.#at, this.#at + length);
    if (content.length !== length) {
      throw new DerFault();
    }
    this.#at += length;
    return { content, whole: this.#bytes.subarray(start, this.#at) };
  }

  /** A sequence, or what stands under another constructed tag. */
  sequence(tag = 0x30) {
    return new Der(this.read(tag).content);
  }

  /** A set, whose values lie in order. */
  set(isOrdered = true, tag = 0x31) {
    const { content } = this.read(tag);
    const values = new Der(content);
    let before = null;
    while (isOrdered && !values.isEmpty) {
      const { whole } = values.read();
      if (before !== null && compare(before, whole) > 0) {
        throw new DerFault();
      }
      before = whole;
    }
    return new Der(content);
  }

  /** An integer's octets. */
  integer() {
    const { content } = this.read(0x02);
    const isLong = content.length > 1 && ((content[0] === 0 && content[1] < 128) || (content[0] === 255 && content[1] >= 128));
    if (content.length === 0 || isLong) {
      throw new DerFault();
    }
    return content;
  }

  /** An object identifier's octets in hexadecimal. */
  oid() {
    return [...this.read(0x06).content].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  octets() {
    return this.read(0x04).content;
  }

  end() {
    if (!this.isEmpty) {
      throw new DerFault();
    }
  }

  #length() {
    const first = this.#bytes[this.#at++];
    if (first === undefined || first === 128 || first > 132) {
      throw new DerFault();
    }
    if (first < 128) {
      return first;
    }
    let length = 0;
    for (let left = first - 128; left > 0; left--) {
      length = length * 256 + (this.#bytes[this.#at++] ?? NaN);
    }
    const shortest = length < 128 ? 0 : Math.ceil(Math.log2(length + 1) / 8);
    if (Number.isNaN(length) || shortest !== first - 128) {
      throw new DerFault();
    }
    return length;
  }
}

// Shorter values are compared as if zeros stood behind them.
function compare(left, right) {
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}
