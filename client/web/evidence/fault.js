// Why a token is refused: a code, the member concerned, and a sentence.

/** A token that is refused. */
export class Fault extends Error {
  constructor(kind, detail, member = null) {
    super(detail);
    this.kind = kind;
    this.member = member;
  }

  /** The code, with the member where there is one: `invalid-member:doc.size`. */
  get code() {
    return this.member === null ? this.kind : `${this.kind}:${this.member}`;
  }
}

/** A member that has not its form. */
export const invalid = (member) =>
  new Fault("invalid-member", `The member ${member} does not have the form that it must have.`, member);

/** A member that is not there. */
export const missing = (member) => new Fault("missing-member", `The member ${member} is missing.`, member);
