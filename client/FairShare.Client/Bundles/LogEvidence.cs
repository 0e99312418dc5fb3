namespace FairShare.Client.Bundles;

/// <summary>What shows that tokens stand in a log, as a bundle carries it. Nothing of it is verified.</summary>
/// <param name="Key">The log's verifier key (C2SP signed-note).</param>
/// <param name="Checkpoint">The signed checkpoint, with the cosignatures that came with it.</param>
/// <param name="Proofs">The proofs (C2SP tlog-proof) by the tokens' names, all of that checkpoint.</param>
/// <param name="Stamp">A stamp of the checkpoint (TimeStampResp, RFC 3161); null where there is none.</param>
public sealed record LogEvidence(string Key, string Checkpoint, IReadOnlyDictionary<string, string> Proofs, byte[]? Stamp);
