using System.Formats.Asn1;

namespace FairShare.Timestamps.Certificates;

/// <summary>What the certificate of an authority, and the request for one, have in common (RFC 3161, section 2.3).</summary>
internal static class AuthorityFields
{
    private const string CommonName = "2.5.4.3";
    private const string BasicConstraints = "2.5.29.19";
    private const string KeyUsage = "2.5.29.15";
    private const string ExtendedKeyUsage = "2.5.29.37";
    private const byte DigitalSignature = 0x80;

    /// <summary>Writes a name that is a common name alone.</summary>
    public static void WriteName(AsnWriter writer, string name)
    {
        using (writer.PushSequence())
        using (writer.PushSetOf())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(CommonName);
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, name);
        }
    }

    /// <summary>Writes the extensions: no authority for others, for signatures, and for stamping alone.</summary>
    public static void WriteExtensions(AsnWriter writer)
    {
        using var extensions = writer.PushSequence();
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
}
