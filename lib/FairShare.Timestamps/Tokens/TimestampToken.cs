using System.Formats.Asn1;
using System.Security.Cryptography;
using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Core.Keys;
using FairShare.Timestamps.Certificates;

namespace FairShare.Timestamps.Tokens;

/// <summary>
/// A stamp that was given (RFC 3161), with the certificate of its authority in it, and perhaps those of issuers; signed with ECDSA on P-256
/// and SHA-256, whoever gave it.
/// </summary>
public sealed class TimestampToken
{
    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0, isConstructed: true);

    private TimestampToken(Sha256Digest imprint, DateTimeOffset time, ReadOnlyMemory<byte>? nonce, AuthorityCertificate certificate) =>
        (Imprint, Time, Nonce, Certificate) = (imprint, time, nonce, certificate);

    /// <summary>What was stamped.</summary>
    public Sha256Digest Imprint { get; }

    /// <summary>When.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The requester's number; null for none.</summary>
    public ReadOnlyMemory<byte>? Nonce { get; }

    /// <summary>The certificate of the authority, whose key signed.</summary>
    public AuthorityCertificate Certificate { get; }

    /// <summary>Reads an answer (TimeStampResp) and verifies the signature; whose certificate it is, is for the caller to know.</summary>
    /// <exception cref="ProtocolException"><c>stamp-refused</c>: the answer gives none; <c>malformed-stamp</c>; <c>bad-stamp</c>: the
    /// signature does not verify, or is not of the certificate in it.</exception>
    public static TimestampToken ParseAnswer(ReadOnlyMemory<byte> der)
    {
        try
        {
            var outer = new AsnReader(der, AsnEncodingRules.DER);
            var answer = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            var status = answer.ReadSequence();
            if (!status.TryReadInt32(out var code) || code > 1)
            {
                throw new ProtocolException("stamp-refused", "The authority gave no stamp.");
            }

            var token = answer.ReadEncodedValue();
            answer.ThrowIfNotEmpty();
            return Read(token);
        }
        catch (Exception fault) when (fault is AsnContentException or CryptographicException)
        {
            throw new ProtocolException("malformed-stamp", "The octets are no stamp in DER with an ECDSA signature and its certificate.");
        }
    }

    private static TimestampToken Read(ReadOnlyMemory<byte> der)
    {
        var content = Inside(new AsnReader(der, AsnEncodingRules.DER).ReadSequence(), Oids.SignedData).ReadSequence();
        content.ReadInteger();
        content.ReadEncodedValue();
        var info = Inside(content.ReadSequence(), Oids.TstInfo).ReadOctetString();
        var certificates = ReadAll(content.ReadSetOf(skipSortOrderValidation: true, Tag0));
        var signer = content.ReadSetOf().ReadSequence();
        content.ThrowIfNotEmpty();
        return ReadInfo(info, RequireSignature(signer, info, certificates));
    }

    private static AsnReader Inside(AsnReader sequence, string type) =>
        sequence.ReadObjectIdentifier() == type ? sequence.ReadSequence(Tag0) : throw new AsnContentException();

    private static List<ReadOnlyMemory<byte>> ReadAll(AsnReader set)
    {
        var values = new List<ReadOnlyMemory<byte>>();
        while (set.HasData)
        {
            values.Add(set.ReadEncodedValue());
        }

        return values;
    }

    /// <summary>The certificate that the signature names, among those of its issuers.</summary>
    private static AuthorityCertificate RequireSignature(AsnReader signer, byte[] info, IReadOnlyList<ReadOnlyMemory<byte>> certificates)
    {
        signer.ReadInteger();
        signer.ReadEncodedValue();
        RequireAlgorithm(signer, Oids.Sha256);
        var attributes = signer.ReadEncodedValue();
        RequireAlgorithm(signer, Oids.EcdsaWithSha256);
        var signature = EcdsaSignatureFormat.FromDer(signer.ReadOctetString());
        signer.ThrowIfNotEmpty();
        byte[] signed = [0x31, .. attributes.Span[1..]];
        var values = ReadAttributes(signed);
        if (
            values.GetValueOrDefault(Oids.ContentType)?.ReadObjectIdentifier() != Oids.TstInfo
            || !SHA256.HashData(info).AsSpan().SequenceEqual(values.GetValueOrDefault(Oids.MessageDigest)?.ReadOctetString())
            || FindNamed(values.GetValueOrDefault(Oids.SigningCertificateV2), certificates) is not { } certificate
            || !certificate.Key.Verify(signed, signature)
        )
        {
            throw new ProtocolException("bad-stamp", "The stamp's signature does not verify, or is not of a certificate in it.");
        }

        return certificate;
    }

    private static Dictionary<string, AsnReader> ReadAttributes(byte[] signed)
    {
        var values = new Dictionary<string, AsnReader>();
        var attributes = new AsnReader(signed, AsnEncodingRules.DER).ReadSetOf();
        while (attributes.HasData)
        {
            var attribute = attributes.ReadSequence();
            values[attribute.ReadObjectIdentifier()] = attribute.ReadSetOf();
        }

        return values;
    }

    // ESSCertIDv2 without an algorithm is one of SHA-256.
    private static AuthorityCertificate? FindNamed(AsnReader? value, IReadOnlyList<ReadOnlyMemory<byte>> certificates)
    {
        if (value is null)
        {
            return null;
        }

        var first = value.ReadSequence().ReadSequence().ReadSequence();
        if (first.PeekTag() == Asn1Tag.Sequence)
        {
            RequireAlgorithm(first, Oids.Sha256);
        }

        var hash = first.ReadOctetString();
        var named = certificates.FirstOrDefault(der => SHA256.HashData(der.Span).AsSpan().SequenceEqual(hash));
        return named.IsEmpty ? null : AuthorityCertificate.Parse(named);
    }

    private static void RequireAlgorithm(AsnReader reader, string oid)
    {
        if (reader.ReadSequence().ReadObjectIdentifier() != oid)
        {
            throw new AsnContentException();
        }
    }

    private static TimestampToken ReadInfo(byte[] info, AuthorityCertificate certificate)
    {
        var reader = new AsnReader(info, AsnEncodingRules.DER).ReadSequence();
        reader.ReadInteger();
        reader.ReadObjectIdentifier();
        var imprint = MessageImprint.Read(reader) ?? throw new AsnContentException();
        reader.ReadInteger();
        var time = reader.ReadGeneralizedTime();
        if (reader.HasData && reader.PeekTag() == Asn1Tag.Sequence)
        {
            reader.ReadEncodedValue();
        }

        if (reader.HasData && reader.PeekTag() == Asn1Tag.Boolean)
        {
            reader.ReadBoolean();
        }

        var nonce = reader.HasData && reader.PeekTag() == Asn1Tag.Integer ? reader.ReadIntegerBytes() : (ReadOnlyMemory<byte>?)null;
        return new TimestampToken(imprint, time, nonce, certificate);
    }
}
