// The kinds of evidence: who signs them, their event, and the members that they have.

const etsi = "http://uri.etsi.org/19522/Event/";

const kind = (signer, event, references, exchange, members) => ({ signer, event, references, exchange, members: members.split(" ") });

/** The kinds by the header's `typ`. `references` is the least and the most number of them; `exchange` is yes, no or maybe. */
export const kinds = {
  EvidenceOfOrigin: kind("uploader", "urn:fairshare:event:submission", [0, 0], "no", "nonce hold"),
  DepositReceipt: kind("store", `${etsi}SubmissionAcceptance`, [1, 1], "no", ""),
  ReceiptChallenge: kind("store", `${etsi}NotificationForAcceptance`, [1, 1], "yes", "nonce due"),
  EvidenceOfReceipt: kind("downloader", `${etsi}ConsignmentAcceptance`, [2, 2], "yes", "nonce due hold"),
  ReleaseRecord: kind("store", `${etsi}ContentConsignment`, [2, 2], "yes", "due"),
  Refusal: kind("downloader", `${etsi}ConsignmentRejection`, [2, 2], "yes", "nonce due hold reason"),
  AbortRecord: kind("store", "urn:fairshare:event:abort", [1, 2], "maybe", "reason"),
  ExpiryRecord: kind("store", `${etsi}AcceptanceRejectionExpiry`, [2, 2], "yes", "due reason"),
};

/** The policies. */
export const disclosing = "urn:fairshare:policy:1";
export const committing = "urn:fairshare:policy:2";

/** The event that a kind has under a policy. */
export const eventOf = (name, policy) =>
  name === "EvidenceOfOrigin" && policy === disclosing ? `${etsi}SubmissionAcceptance` : kinds[name].event;

/** Who must sign a statement; null where that is not one party. */
export function signerOf(statement) {
  switch (kinds[statement.kind].signer) {
    case "uploader":
      return statement.orig;
    case "downloader":
      return statement.rcpt.length === 1 ? statement.rcpt[0] : null;
    default:
      return statement.ttp;
  }
}
