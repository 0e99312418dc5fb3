using FairShare.Core.Errors;

namespace FairShare.Exchange.Evidence;

/// <summary>
/// Reads a token that stands in many exchanges once: the evidence of origin of a document. It keeps the first that it reads, with what was
/// found of its signature, and nothing else.
/// </summary>
public sealed class TokenOnce
{
    private EvidenceToken? kept;

    internal EvidenceToken? Read(string text, out TokenRefusal? refusal)
    {
        refusal = null;
        if (kept?.Text == text)
        {
            return kept;
        }

        if (!EvidenceToken.TryParse(text, out var token, out refusal))
        {
            return null;
        }

        kept ??= token;
        return token;
    }
}
