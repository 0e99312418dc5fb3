using System.Formats.Asn1;
using System.Numerics;

namespace TemplateHost.Kms.Model;

/// <summary>The form in which KMS gives ECDSA signatures.</summary>
internal static class EcdsaSignature
{
    /// <summary>ECDSA-Sig-Value (RFC 3279, 2.2.3) of r and s, which have one half of the octets each.</summary>
    public static byte[] ToDer(ReadOnlySpan<byte> signature)
    {
        var half = signature.Length / 2;
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            // By way of a number: DER wants each integer in as few octets as it has.
            writer.WriteInteger(new BigInteger(signature[..half], isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new BigInteger(signature[half..], isUnsigned: true, isBigEndian: true));
        }

        return writer.Encode();
    }
}
