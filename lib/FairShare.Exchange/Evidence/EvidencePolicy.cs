namespace FairShare.Exchange.Evidence;

/// <summary>The rules under which evidence is made (<c>pol</c>). All evidence of one exchange is made under one policy.</summary>
public enum EvidencePolicy
{
    /// <summary>
    /// <c>urn:fairshare:policy:1</c>: every token states the document's digest. Read and verified; no longer issued nor accepted.
    /// </summary>
    Disclosing = 1,

    /// <summary>
    /// <c>urn:fairshare:policy:2</c>: the evidence of origin states the digest and a salt; all other tokens state a commitment to the
    /// digest,
    /// and the digest itself only where the uploader discloses it.
    /// </summary>
    Committing = 2,
}

/// <summary>The names of policies on the wire.</summary>
public static class EvidencePolicies
{
    private const string Prefix = "urn:fairshare:policy:";

    /// <summary>The policy under which evidence is issued and accepted now.</summary>
    public const EvidencePolicy Current = EvidencePolicy.Committing;

    /// <summary>The URI, for example <c>urn:fairshare:policy:2</c>.</summary>
    public static string Uri(this EvidencePolicy policy) =>
        policy switch
        {
            EvidencePolicy.Disclosing => Prefix + "1",
            EvidencePolicy.Committing => Prefix + "2",
            _ => throw new ArgumentOutOfRangeException(nameof(policy)),
        };

    /// <summary>Reads a URI; null for any other text.</summary>
    public static EvidencePolicy? FromUri(string uri) =>
        uri switch
        {
            Prefix + "1" => EvidencePolicy.Disclosing,
            Prefix + "2" => EvidencePolicy.Committing,
            _ => null,
        };
}
