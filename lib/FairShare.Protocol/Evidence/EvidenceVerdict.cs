namespace FairShare.Protocol.Evidence;

/// <summary>What a verifier says of evidence; a closed result.</summary>
public abstract record EvidenceVerdict
{
    private EvidenceVerdict() { }

    /// <summary>Signed by whom it must be, and says what it must.</summary>
    public sealed record Accepted(EvidenceToken Token) : EvidenceVerdict;

    /// <summary>Not so.</summary>
    /// <param name="Fault">Why.</param>
    /// <param name="Detail">One sentence for people.</param>
    /// <param name="Member">The member concerned, for example <c>doc.digest</c>, or null.</param>
    public sealed record Refused(EvidenceFault Fault, string Detail, string? Member = null) : EvidenceVerdict
    {
        /// <summary>The stable code, with the member where there is one: <c>statement-mismatch:doc.digest</c>.</summary>
        public string Code => Member is null ? Fault.Code() : $"{Fault.Code()}:{Member}";
    }
}
