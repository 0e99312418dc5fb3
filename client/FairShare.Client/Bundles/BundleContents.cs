using FairShare.Contracts.Parties;
using FairShare.Exchange.Evidence;
using FairShare.Log.Proofs;

namespace FairShare.Client.Bundles;

/// <summary>What a bundle carries, for those who judge it beside others.</summary>
/// <param name="Tokens">The tokens.</param>
/// <param name="Keys">The keys, with what the store sealed about them.</param>
/// <param name="Proofs">The proofs that tokens stand in the log.</param>
/// <param name="Successions">What the store stated of its own keys.</param>
public sealed record BundleContents(
    ExchangeTokens Tokens,
    IReadOnlyList<KeyView> Keys,
    IReadOnlyList<LogProof> Proofs,
    IReadOnlyList<string> Successions
);
