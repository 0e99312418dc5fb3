using System.Formats.Asn1;
using System.Numerics;
using FairShare.Core.Digests;
using FairShare.Timestamps.Certificates;
using FairShare.Timestamps.Requests;

namespace FairShare.Timestamps.Tokens;

/// <summary>Writes stamps (RFC 3161 in CMS, RFC 5652) with a key that lies elsewhere.</summary>
/// <param name="certificate">The authority's certificate.</param>
/// <param name="sign">Signs octets with ECDSA on P-256 and SHA-256; gives DER.</param>
public sealed class TimestampAuthority(AuthorityCertificate certificate, Func<ReadOnlyMemory<byte>, Task<byte[]>> sign)
{
    /// <summary>The certificates of issuers, in DER, that a stamp has beside the authority's own; none by default.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Issuers { get; init; } = [];

    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>Gives a stamp.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="time">The present; whole seconds are told.</param>
    /// <param name="serial">128 random bits, other ones for every stamp.</param>
    /// <returns>A whole answer (TimeStampResp) in DER.</returns>
    public async Task<byte[]> AnswerAsync(TimestampRequest request, DateTimeOffset time, ReadOnlyMemory<byte> serial)
    {
        ArgumentNullException.ThrowIfNull(request);
        var info = Info(request, time, serial.Span);
        var attributes = Attributes(info);
        var signature = await sign(attributes).ConfigureAwait(false);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteInteger(0);
            }

            WriteToken(writer, info, attributes, signature, request.WantsCertificate);
        }

        return writer.Encode();
    }

    /// <summary>An answer that gives no stamp, and says why.</summary>
    public static byte[] Refuse(PkiFailure failure, string message)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteInteger(2);
            using (writer.PushSequence())
            {
                writer.WriteCharacterString(UniversalTagNumber.UTF8String, message);
            }

            WriteFailure(writer, failure);
        }

        return writer.Encode();
    }

    // A list of named bits, without the zeros behind the last.
    private static void WriteFailure(AsnWriter writer, PkiFailure failure)
    {
        var bits = new byte[((int)failure / 8) + 1];
        bits[^1] = (byte)(0x80 >> ((int)failure % 8));
        writer.WriteBitString(bits, 7 - ((int)failure % 8));
    }

    private static byte[] Info(TimestampRequest request, DateTimeOffset time, ReadOnlySpan<byte> serial)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.WriteObjectIdentifier(TimestampRequest.Policy);
            MessageImprint.Write(writer, request.Imprint);
            writer.WriteInteger(new BigInteger(serial, isUnsigned: true, isBigEndian: true));
            writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
            }

            if (request.Nonce is { } nonce)
            {
                writer.WriteInteger(nonce.Span);
            }
        }

        return writer.Encode();
    }

    // What is signed: as a SET, although it stands under another tag in the token (RFC 5652, section 5.4).
    private byte[] Attributes(byte[] info)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSetOf())
        {
            WriteAttribute(writer, Oids.ContentType, value => value.WriteObjectIdentifier(Oids.TstInfo));
            WriteAttribute(writer, Oids.MessageDigest, value => value.WriteOctetString(Sha256Digest.Of(info).ToBytes()));
            WriteAttribute(writer, Oids.SigningCertificateV2, WriteSigningCertificate);
        }

        return writer.Encode();
    }

    // RFC 5816: the certificate by its hash, whose algorithm is SHA-256 by default.
    private void WriteSigningCertificate(AsnWriter writer)
    {
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteOctetString(Sha256Digest.Of(certificate.Der.Span).ToBytes());
        }
    }

    private void WriteToken(AsnWriter writer, byte[] info, byte[] attributes, byte[] signature, bool withCertificate)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oids.SignedData);
            using (writer.PushSequence(Tag0))
            using (writer.PushSequence())
            {
                writer.WriteInteger(3);
                using (writer.PushSetOf())
                {
                    MessageImprint.WriteAlgorithm(writer, Oids.Sha256);
                }

                WriteContent(writer, info);
                if (withCertificate)
                {
                    using (writer.PushSetOf(Tag0))
                    {
                        writer.WriteEncodedValue(certificate.Der.Span);
                        foreach (var issuer in Issuers)
                        {
                            writer.WriteEncodedValue(issuer.Span);
                        }
                    }
                }

                WriteSigner(writer, attributes, signature);
            }
        }
    }

    private static void WriteContent(AsnWriter writer, byte[] info)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oids.TstInfo);
            using (writer.PushSequence(Tag0))
            {
                writer.WriteOctetString(info);
            }
        }
    }

    private void WriteSigner(AsnWriter writer, byte[] attributes, byte[] signature)
    {
        using (writer.PushSetOf())
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            using (writer.PushSequence())
            {
                writer.WriteEncodedValue(certificate.Issuer.Span);
                writer.WriteInteger(certificate.Serial.Span);
            }

            MessageImprint.WriteAlgorithm(writer, Oids.Sha256);
            attributes = [0xA0, .. attributes.AsSpan(1)];
            writer.WriteEncodedValue(attributes);
            MessageImprint.WriteAlgorithm(writer, Oids.EcdsaWithSha256);
            writer.WriteOctetString(signature);
        }
    }

    private static void WriteAttribute(AsnWriter writer, string type, Action<AsnWriter> value)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(type);
            using (writer.PushSetOf())
            {
                value(writer);
            }
        }
    }
}
