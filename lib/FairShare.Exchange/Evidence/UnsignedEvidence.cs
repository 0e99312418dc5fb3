using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Core.Jose;
using FairShare.Core.Keys;

namespace FairShare.Exchange.Evidence;

/// <summary>Evidence that lacks only its signature: the octets to be signed, and what they say.</summary>
public sealed class UnsignedEvidence
{
    private UnsignedEvidence(string signingInput, KeyId keyId, EvidenceStatement statement)
    {
        SigningInput = signingInput;
        KeyId = keyId;
        Statement = statement;
        Hash = Sha256Digest.Of(Octets.Span);
    }

    /// <summary><c>base64url(header) "." base64url(payload)</c>.</summary>
    public string SigningInput { get; }

    /// <summary>The ASCII octets of <see cref="SigningInput"/>: exactly what a signer signs.</summary>
    public ReadOnlyMemory<byte> Octets => CompactJws.Octets(SigningInput);

    /// <summary>The header's <c>kid</c>.</summary>
    public KeyId KeyId { get; }

    /// <summary>What the evidence says.</summary>
    public EvidenceStatement Statement { get; }

    /// <summary>The token hash, known before the signature: SHA-256 of <see cref="Octets"/>.</summary>
    public Sha256Digest Hash { get; }

    /// <summary>Writes a complete statement.</summary>
    /// <exception cref="TokenException">The statement does not have exactly the members of its kind.</exception>
    public static UnsignedEvidence Write(EvidenceStatement statement, KeyId keyId)
    {
        StatementShape.Require(statement);
        return new(Input(statement, keyId), keyId, statement);
    }

    /// <summary>Reads a signing input, as strictly as a whole token; for signing by a held key.</summary>
    /// <param name="signingInput">At most 16 KiB.</param>
    /// <exception cref="TokenException">Any fault of form.</exception>
    public static UnsignedEvidence Parse(string signingInput) => Read(CompactJws.SplitInput(signingInput, []));

    /// <summary>Completes the token.</summary>
    /// <param name="signature">64 bytes R‖S over <see cref="Octets"/>; not verified here.</param>
    /// <exception cref="ProtocolException"><c>invalid-signature-format</c>: another length.</exception>
    public EvidenceToken Sign(byte[] signature) =>
        signature.Length == EcdsaSignatureFormat.Length
            ? new EvidenceToken(this, signature)
            : throw new ProtocolException("invalid-signature-format", "The signature does not have 64 bytes.");

    internal static UnsignedEvidence Read(CompactJws jws)
    {
        var (type, key) = TokenHeader.Read(jws.Header);
        var kind =
            EvidenceKinds.FromTypeName(type)
            ?? throw new TokenException(TokenFault.UnknownKind, null, "The header's typ names no kind of evidence.");
        var statement = StatementReader.Payload(kind, jws.Payload);
        return jws.SigningInput == Input(statement, key)
            ? new(jws.SigningInput, key, statement)
            : throw new TokenException(
                TokenFault.NotCanonical,
                null,
                "Header or payload is not in evidence's one form: members in their order, no empty lists, spaces or needless escapes."
            );
    }

    private static string Input(EvidenceStatement statement, KeyId keyId) =>
        CompactJws.Join(TokenHeader.Write(statement.Kind.TypeName(), keyId), StatementWriter.Payload(statement));
}
