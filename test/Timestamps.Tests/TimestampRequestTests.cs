using System.Formats.Asn1;
using FairShare.Core.Digests;
using FairShare.Timestamps.Requests;

namespace FairShare.Timestamps.Tests;

public sealed class TimestampRequestTests
{
    private const string Sha1 = "1.3.14.3.2.26";
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";
    private static readonly byte[] Hash = new byte[32];

    public static TheoryData<string, PkiFailure, byte[]> Refused =>
        new()
        {
            { "nothing", PkiFailure.BadDataFormat, [] },
            { "text", PkiFailure.BadDataFormat, "hello"u8.ToArray() },
            { "too long", PkiFailure.BadDataFormat, new byte[1025] },
            { "cut", PkiFailure.BadDataFormat, Write()[..^1] },
            { "more behind", PkiFailure.BadDataFormat, [.. Write(), 0] },
            { "version 2", PkiFailure.BadRequest, Write(version: 2) },
            { "SHA-1", PkiFailure.BadAlgorithm, Write(algorithm: Sha1, hash: new byte[20]) },
            { "SHA-1, 32 octets", PkiFailure.BadAlgorithm, Write(algorithm: Sha1) },
            { "31 octets", PkiFailure.BadAlgorithm, Write(hash: new byte[31]) },
            { "policy", PkiFailure.UnacceptedPolicy, Write(more: writer => writer.WriteObjectIdentifier("1.2.3")) },
            {
                "extension",
                PkiFailure.UnacceptedExtension,
                Write(more: writer => writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).Dispose())
            },
            { "false in DER", PkiFailure.BadDataFormat, Write(more: writer => writer.WriteBoolean(false)) },
            { "nonce of 33 octets", PkiFailure.BadDataFormat, Write(more: writer => writer.WriteInteger([1, .. new byte[32]])) },
            { "something unknown", PkiFailure.BadDataFormat, Write(more: writer => writer.WriteNull()) },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Parse_WhatGetsNoStamp_IsRefusedByItsReason(string name, PkiFailure failure, byte[] request)
    {
        var refusal = Assert.Throws<TimestampRequestException>(() => TimestampRequest.Parse(request));
        Assert.True(failure == refusal.Failure, $"{name}: {refusal.Message}");
    }

    [Fact]
    public void Parse_WrittenRequest_IsTheSame()
    {
        var read = TimestampRequest.Parse(TimestampScene.Request.Write());
        Assert.Equal((TimestampScene.Request.Imprint, true), (read.Imprint, read.WantsCertificate));
        Assert.Equal(TimestampScene.Request.Nonce!.Value.ToArray(), read.Nonce!.Value.ToArray());
    }

    [Fact]
    public void Parse_RequestWithPolicyAndWithoutNonce_IsRead()
    {
        var read = TimestampRequest.Parse(Write(more: writer => writer.WriteObjectIdentifier(TimestampRequest.Policy)));
        Assert.Equal((Sha256Digest.FromBytes(Hash), false, false), (read.Imprint, read.WantsCertificate, read.Nonce.HasValue));
    }

    private static byte[] Write(int version = 1, string algorithm = Sha256, byte[]? hash = null, Action<AsnWriter>? more = null)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(version);
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(algorithm);
                    writer.WriteNull();
                }

                writer.WriteOctetString(hash ?? Hash);
            }

            more?.Invoke(writer);
        }

        return writer.Encode();
    }
}
