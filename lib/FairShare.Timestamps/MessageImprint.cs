using System.Formats.Asn1;
using FairShare.Core.Digests;

namespace FairShare.Timestamps;

/// <summary>MessageImprint (RFC 3161, section 2.4.1): an algorithm and a hash.</summary>
internal static class MessageImprint
{
    public static void Write(AsnWriter writer, Sha256Digest imprint)
    {
        using (writer.PushSequence())
        {
            WriteAlgorithm(writer, Oids.Sha256);
            writer.WriteOctetString(imprint.ToBytes());
        }
    }

    /// <returns>Null when it is not one of SHA-256.</returns>
    public static Sha256Digest? Read(AsnReader reader)
    {
        var imprint = reader.ReadSequence();
        var algorithm = imprint.ReadSequence();
        var oid = algorithm.ReadObjectIdentifier();
        if (oid == Oids.Sha256 && algorithm.HasData)
        {
            // RFC 5754, section 2: parameters are absent, and NULL is read too.
            algorithm.ReadNull();
        }

        var hash = imprint.ReadOctetString();
        imprint.ThrowIfNotEmpty();
        return oid == Oids.Sha256 && !algorithm.HasData && hash.Length == Sha256Digest.ByteLength ? Sha256Digest.FromBytes(hash) : null;
    }

    public static void WriteAlgorithm(AsnWriter writer, string oid)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
        }
    }
}
