using System.Formats.Asn1;
using System.Numerics;
using FairShare.Core.Keys;

namespace FairShare.Timestamps.Certificates;

/// <summary>
/// Writes the certificate of an authority that vouches for itself (RFC 5280): for stamping alone, critical (RFC 3161, section 2.3).
/// </summary>
public static class CertificateWriter
{
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
            AuthorityFields.WriteName(writer, name);
            using (writer.PushSequence())
            {
                WriteTime(writer, notBefore);
                WriteTime(writer, notAfter);
            }

            AuthorityFields.WriteName(writer, name);
            writer.WriteEncodedValue(key.ToSubjectPublicKeyInfo());
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 3)))
            {
                AuthorityFields.WriteExtensions(writer);
            }
        }

        return writer.Encode();
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
