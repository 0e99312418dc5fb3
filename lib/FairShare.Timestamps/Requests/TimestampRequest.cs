using System.Formats.Asn1;
using FairShare.Core.Digests;

namespace FairShare.Timestamps.Requests;

/// <summary>A request for a stamp (TimeStampReq, RFC 3161, section 2.4.1), with a SHA-256 imprint.</summary>
/// <param name="Imprint">What is stamped.</param>
/// <param name="Nonce">The requester's number, with which it knows its answer; 1..32 octets in DER; null for none.</param>
/// <param name="WantsCertificate">Whether the authority's certificate shall come with the stamp.</param>
public sealed record TimestampRequest(Sha256Digest Imprint, ReadOnlyMemory<byte>? Nonce, bool WantsCertificate)
{
    /// <summary>
    /// The policy under which all stamps are given: SHA-256, accuracy of a second, no more is promised. An identifier made of a UUID.
    /// </summary>
    public const string Policy = "2.25.147696107625034929273883594271436941587";

    /// <summary>The most octets of a request.</summary>
    public const int Limit = 1024;

    private const int NonceLimit = 32;

    /// <summary>Reads a request in DER.</summary>
    /// <exception cref="TimestampRequestException">It is none, or one that gets no stamp.</exception>
    public static TimestampRequest Parse(ReadOnlyMemory<byte> der)
    {
        try
        {
            return der.Length <= Limit ? Read(der) : throw Malformed();
        }
        catch (AsnContentException)
        {
            throw Malformed();
        }
    }

    /// <summary>The request in DER, as <see cref="Parse"/> reads it.</summary>
    public byte[] Write()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            MessageImprint.Write(writer, Imprint);
            if (Nonce is { } nonce)
            {
                writer.WriteInteger(nonce.Span);
            }

            if (WantsCertificate)
            {
                writer.WriteBoolean(true);
            }
        }

        return writer.Encode();
    }

    private static TimestampRequest Read(ReadOnlyMemory<byte> der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        var request = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        if (request.ReadInteger() != 1)
        {
            throw new TimestampRequestException(PkiFailure.BadRequest, "The request is not of version 1.");
        }

        var imprint =
            MessageImprint.Read(request)
            ?? throw new TimestampRequestException(PkiFailure.BadAlgorithm, "The imprint is not one of SHA-256, 32 octets.");
        if (request.HasData && request.PeekTag() == Asn1Tag.ObjectIdentifier && request.ReadObjectIdentifier() != Policy)
        {
            throw new TimestampRequestException(PkiFailure.UnacceptedPolicy, $"Stamps are given under the policy {Policy} alone.");
        }

        var nonce = request.HasData && request.PeekTag() == Asn1Tag.Integer ? request.ReadIntegerBytes() : (ReadOnlyMemory<byte>?)null;
        var wantsCertificate = ReadFlag(request);
        if (request.HasData)
        {
            throw request.PeekTag() == new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true)
                ? new TimestampRequestException(PkiFailure.UnacceptedExtension, "A request has no extensions.")
                : Malformed();
        }

        return nonce is { Length: > NonceLimit } ? throw Malformed() : new TimestampRequest(imprint, nonce, wantsCertificate);
    }

    // DER leaves a default out, so that what is written is true.
    private static bool ReadFlag(AsnReader request) =>
        request.HasData && request.PeekTag() == Asn1Tag.Boolean && (request.ReadBoolean() ? true : throw Malformed());

    private static TimestampRequestException Malformed() => new(PkiFailure.BadDataFormat, "The octets are no request for a stamp in DER.");
}
