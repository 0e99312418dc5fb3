// What each kind of evidence must say, from the tokens that it answers.

import { decode, encode, hmac } from "./bytes.js";

// A member with this value may have any.
const any = undefined;

/** The statement with which a kind of token answers another. */
async function answer(kind, answered) {
  const { orig, rcpt, ttp, pol } = answered;
  return {
    ...{ kind, pol, id: any, orig, rcpt, ttp, exch: undefined, doc: await commit(answered), salt: any, disclose: undefined },
    ...{ ref: [], nonce: undefined, gen: any, due: undefined, hold: any, reason: any },
  };
}

// Under policy 2 only the evidence of origin states the digest; the others commit to it.
async function commit({ doc, salt, disclose }) {
  if (salt === undefined) {
    return doc;
  }
  const commitment = encode(await hmac(decode(salt), decode(doc.digest)));
  return { ...doc, digest: disclose === undefined ? undefined : doc.digest, commitment };
}

const ofExchange = async (kind, answered) => ({ ...(await answer(kind, answered)), exch: answered.exch });

const toChallenge = async (kind, challenge) => ({
  ...(await ofExchange(kind, challenge.statement)),
  ref: [challenge.statement.ref[0], challenge.hash],
  due: challenge.statement.due,
});

/** The store's receipt for an evidence of origin. */
export const depositReceipt = async (origin) => ({ ...(await answer("DepositReceipt", origin.statement)), ref: [origin.hash] });

/** The store's challenge, of which the evidence of origin does not fix downloader, exchange, nonce and deadline. */
export const challenge = async (origin, { rcpt, exch, nonce, due }) => ({
  ...(await answer("ReceiptChallenge", origin.statement)),
  ...{ rcpt, exch, nonce, due, ref: [origin.hash] },
});

/** The downloader's receipt or refusal. */
export const receipt = async (kind, challenged) => ({
  ...(await toChallenge(kind, challenged)),
  nonce: challenged.statement.nonce,
});

/** The store's release. */
export const release = async (received) => ({
  ...(await ofExchange("ReleaseRecord", received.statement)),
  ref: [received.statement.ref[0], received.hash],
  due: received.statement.due,
});

/** The store's record of a deadline that passed. */
export const expiry = async (challenged) => ({ ...(await toChallenge("ExpiryRecord", challenged)), reason: "deadline-passed" });

/** The store's record of an abort for a reason; `answered` is the challenge, the refusal or the evidence of origin. */
export async function abort(answered, reason) {
  const { kind, statement, hash } = answered;
  const ref = { EvidenceOfOrigin: [hash], ReceiptChallenge: [statement.ref[0]], Refusal: [statement.ref[0], hash] }[kind];
  return { ...(await ofExchange("AbortRecord", statement)), ref, reason };
}
