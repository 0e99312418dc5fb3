using System.Formats.Asn1;
using System.Numerics;
using FairShare.Core.Keys;

namespace FairShare.Timestamps.Certificates;

/// <summary>
/// Writes the certificate of an authority that vouches for itself (RFC 5280): for stamping alone, critical (RFC 3161, section 2.3).
/// </summary>
public static class CertificateWriter
{
    private const string CommonName = "2.5.4.3";
    private const string BasicConstraints = "2.5.29.19";
    private const string KeyUsage = "2.5.29.15";
    private const string ExtendedKeyUsage = "2.5.29.37";
    private const byte DigitalSignature = 0x80;

    /// <summary>Writes and signs it.</summary>
    /// <param name="name">What the authority is called.</param>
    /// <param name="key">Its public key.</param>
    /// <param name="serial">128 random bits.</param>
    /// <param name="notBefore">From when on it is valid, in whole seconds.</param>
    /// <param name="notAfter">Until when.</param>
    /// <param name="sign">Signs octets with ECDSA on P-256 and SHA-256; gives DER.</param>
    public static async Task<AuthorityCertificate> IssueAsync(
        string name,
        PublicKey key,
        ReadOnlyMemory<byte> serial,
        DateTimeOffset notBefore,
        DateTimeOffset notAfter,
        Func<ReadOnlyMemory<byte>, Task<byte[]>> sign
    )
    {
        var signed = ToBeSigned(name, key, serial.Span, notBefore, notAfter);
        var signature = await sign(signed).ConfigureAwait(false);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(signed);
            MessageImprint.WriteAlgorithm(writer, Oids.EcdsaWithSha256);
            writer.WriteBitString(signature);
        }

        return AuthorityCertificate.Parse(writer.Encode());
    }

    private static byte[] ToBeSigned(
        string name,
        PublicKey key,
        ReadOnlySpan<byte> serial,
        DateTimeOffset notBefore,
        DateTimeOffset notAfter
    )
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            {
                writer.WriteInteger(2);
            }

            writer.WriteInteger(new BigInteger(serial, isUnsigned: true, isBigEndian: true));
            MessageImprint.WriteAlgorithm(writer, Oids.EcdsaWithSha256);
            WriteName(writer, name);
            using (writer.PushSequence())
            {
                WriteTime(writer, notBefore);
                WriteTime(writer, notAfter);
            }

            WriteName(writer, name);
            writer.WriteEncodedValue(key.ToSubjectPublicKeyInfo());
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 3)))
            using (writer.PushSequence())
            {
                WriteExtensions(writer);
            }
        }

        return writer.Encode();
    }

    private static void WriteExtensions(AsnWriter writer)
    {
        WriteCritical(writer, BasicConstraints, value => value.PushSequence().Dispose());
        WriteCritical(writer, KeyUsage, value => value.WriteBitString([DigitalSignature], 7));
        WriteCritical(
            writer,
            ExtendedKeyUsage,
            value =>
            {
                using (value.PushSequence())
                {
                    value.WriteObjectIdentifier(Oids.TimeStamping);
                }
            }
        );
    }

    private static void WriteCritical(AsnWriter writer, string type, Action<AsnWriter> write)
    {
        var value = new AsnWriter(AsnEncodingRules.DER);
        write(value);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(type);
            writer.WriteBoolean(true);
            writer.WriteOctetString(value.Encode());
        }
    }

    private static void WriteName(AsnWriter writer, string name)
    {
        using (writer.PushSequence())
        using (writer.PushSetOf())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(CommonName);
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, name);
        }
    }

    // RFC 5280, section 4.1.2.5: UTCTime until 2049.
    private static void WriteTime(AsnWriter writer, DateTimeOffset time)
    {
        if (time.UtcDateTime.Year < 2050)
        {
            writer.WriteUtcTime(time);
        }
        else
        {
            writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
        }
    }
}
