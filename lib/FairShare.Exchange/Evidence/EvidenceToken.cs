using System.Diagnostics.CodeAnalysis;
using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Core.Jose;
using FairShare.Core.Keys;

namespace FairShare.Exchange.Evidence;

/// <summary>A signed token of evidence, well formed; whether it is true is for <see cref="EvidenceVerifier"/> to say.</summary>
public sealed class EvidenceToken
{
    private readonly UnsignedEvidence unsigned;
    private readonly byte[] signature;
    private Verdict? verdict;

    internal EvidenceToken(UnsignedEvidence unsigned, byte[] signature)
    {
        this.unsigned = unsigned;
        this.signature = signature;
        Text = $"{unsigned.SigningInput}.{Base64UrlText.Encode(signature)}";
    }

    /// <summary>The compact JWS, exactly as it was read or issued.</summary>
    public string Text { get; }

    /// <summary>The kind, from the header's <c>typ</c>.</summary>
    public EvidenceKind Kind => Statement.Kind;

    /// <summary>The signing key, from the header's <c>kid</c>.</summary>
    public KeyId KeyId => unsigned.KeyId;

    /// <summary>What the evidence says.</summary>
    public EvidenceStatement Statement => unsigned.Statement;

    /// <summary>
    /// The token hash: SHA-256 of the signed octets, the signature excluded, so that a malleable signature changes no identity.
    /// </summary>
    public Sha256Digest Hash => unsigned.Hash;

    /// <summary>
    /// Reads a compact JWS strictly: at most 16 KiB, canonical base64url without padding, the header exactly <c>alg</c> ES256, <c>kid</c>
    /// and <c>typ</c>, a 64-byte signature, and a payload with exactly the members of its kind, none twice.
    /// </summary>
    /// <exception cref="TokenException">Any fault of form.</exception>
    public static EvidenceToken Parse(string text)
    {
        var jws = CompactJws.Split(text);
        return new(UnsignedEvidence.Read(jws), jws.Signature);
    }

    /// <summary>As <see cref="Parse"/>, with the fault as a result.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out EvidenceToken? token, [NotNullWhen(false)] out TokenRefusal? refusal)
    {
        (token, refusal) = (null, null);
        try
        {
            token = Parse(text);
            return true;
        }
        catch (TokenException fault)
        {
            refusal = new TokenRefusal(fault.Fault, fault.Message, fault.Member);
            return false;
        }
    }

    /// <summary>Whether the signature is this key's; says nothing of whose key it is.</summary>
    public bool IsSignedBy(PublicKey key)
    {
        // The same token may stand in the evidence of many exchanges, and nothing of it changes.
        var known = verdict;
        if (known is null || !known.Key.Equals(key))
        {
            verdict = known = new Verdict(key, key.Verify(unsigned.Octets.Span, signature));
        }

        return known.IsSigned;
    }

    private sealed record Verdict(PublicKey Key, bool IsSigned);
}
