using System.Formats.Asn1;
using FairShare.Core.Keys;

namespace FairShare.Timestamps.Certificates;

/// <summary>Writes the request for a certificate of an authority (PKCS #10, RFC 2986), signed with the key that it is for.</summary>
public static class CertificateRequestWriter
{
    private const string ExtensionRequest = "1.2.840.113549.1.9.14";

    /// <summary>Writes and signs it.</summary>
    /// <param name="name">What the authority is called.</param>
    /// <param name="key">Its public key.</param>
    /// <param name="sign">Signs octets with ECDSA on P-256 and SHA-256; gives DER.</param>
    /// <returns>The request in DER.</returns>
    public static async Task<byte[]> WriteAsync(string name, PublicKey key, Func<ReadOnlyMemory<byte>, Task<byte[]>> sign)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(sign);
        var signed = Info(name, key);
        var signature = await sign(signed).ConfigureAwait(false);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(signed);
            MessageImprint.WriteAlgorithm(writer, Oids.EcdsaWithSha256);
            writer.WriteBitString(signature);
        }

        return writer.Encode();
    }

    private static byte[] Info(string name, PublicKey key)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            AuthorityFields.WriteName(writer, name);
            writer.WriteEncodedValue(key.ToSubjectPublicKeyInfo());
            using (writer.PushSetOf(new Asn1Tag(TagClass.ContextSpecific, 0)))
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(ExtensionRequest);
                using (writer.PushSetOf())
                {
                    AuthorityFields.WriteExtensions(writer);
                }
            }
        }

        return writer.Encode();
    }
}
