using FairShare.Core.Errors;

namespace FairShare.Exchange.Evidence;

/// <summary>What a verifier says of evidence; a closed result.</summary>
public abstract record EvidenceVerdict
{
    private EvidenceVerdict() { }

    /// <summary>Signed by whom it must be, and says what it must.</summary>
    public sealed record Accepted(EvidenceToken Token) : EvidenceVerdict;

    /// <summary>Not so.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(TokenRefusal Refusal) : EvidenceVerdict;
}
