using System.Security.Cryptography;
using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FsCheck;
using FsCheck.Fluent;

namespace FairShare.Core.Tests.Digests;

public class DocumentHasherTests
{
    private const int PartSize = 5 << 20;

    [Fact]
    public void Finish_AbcOfFips180_IsTheKnownDigest()
    {
        using var hasher = new DocumentHasher();
        hasher.Append("abc"u8);
        var expected = Convert.FromHexString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        Assert.Equal(DocumentDigest.Whole(Sha256Digest.FromBytes(expected)), hasher.Finish());
        Assert.Equal(hasher.Finish(), hasher.Finish());
        Assert.Throws<InvalidOperationException>(() => hasher.Append("d"u8));
    }

    [Fact]
    public void Finish_AnyChunking_GivesTheSame() =>
        Prop.ForAll<byte[], int[]>(
                (data, cuts) =>
                {
                    var content = Enlarge(data);
                    return Hash(content, cuts, null) == DocumentDigest.Whole(Sha256Digest.Of(content))
                        && Hash(content, cuts, PartSize) == Composite(content);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(15));

    [Theory]
    [InlineData(1)]
    [InlineData(PartSize - 1)]
    [InlineData(PartSize)]
    [InlineData(PartSize + 1)]
    [InlineData(2 * PartSize)]
    public void Finish_PartBoundary_CountsAndHashesParts(int size)
    {
        var content = new byte[size];
        using var hasher = new DocumentHasher(PartSize);
        hasher.Append(content);
        var digest = hasher.Finish();
        Assert.Equal(Composite(content), digest);
        Assert.Equal(digest.PartCount(size), hasher.PartDigests.Count);
        Assert.Equal(content.Chunk(PartSize).Select(part => Sha256Digest.Of(part)), hasher.PartDigests);
    }

    [Fact]
    public void Finish_Empty_IsRefused() =>
        Assert.Equal("empty-document", Assert.Throws<ProtocolException>(() => new DocumentHasher().Finish()).Code);

    [Theory]
    [InlineData((5 << 20) - 1)]
    [InlineData((5L << 30) + 1)]
    [InlineData(0)]
    [InlineData(-1)]
    public void New_PartSizeOutsideTheLimits_IsRefused(long partSize) =>
        Assert.Equal("invalid-part-size", Assert.Throws<ProtocolException>(() => new DocumentHasher(partSize)).Code);

    [Theory]
    [InlineData("sha-256", null, 5L << 30, null)]
    [InlineData("sha-256", null, (5L << 30) + 1, "document-too-large")]
    [InlineData("sha-256", null, 0L, "empty-document")]
    [InlineData("sha-256-parts", 5L << 20, 10_000 * (5L << 20), null)]
    [InlineData("sha-256-parts", 5L << 20, (10_000 * (5L << 20)) + 1, "document-too-large")]
    [InlineData("sha-256-parts", null, 1L, "invalid-part-size")]
    [InlineData("sha-256", 5L << 20, 1L, "invalid-part-size")]
    [InlineData("SHA-256", null, 1L, "unknown-digest-method")]
    public void RequireFits_MethodAndSize_AreTakenTogether(string method, long? partSize, long size, string? code)
    {
        var value = Sha256Digest.Of("x"u8).ToString();
        var fault = Record.Exception(() => DocumentDigest.Parse(method, value, partSize).RequireFits(size));
        Assert.Equal(code, (fault as ProtocolException)?.Code);
        Assert.Equal(code is null, fault is null);
    }

    [Fact]
    public void ToBase64_Digest_IsWhatS3Writes() =>
        Assert.Equal(Convert.ToBase64String(SHA256.HashData("x"u8)), Sha256Digest.Of("x"u8).ToBase64());

    private static DocumentDigest Hash(byte[] content, int[] cuts, long? partSize)
    {
        using var hasher = new DocumentHasher(partSize);
        var rest = content.AsSpan();
        foreach (var cut in cuts)
        {
            var length = (int)(Math.Abs((long)cut * 104_729) % (rest.Length + 1));
            hasher.Append(rest[..length]);
            rest = rest[length..];
        }

        hasher.Append(rest);
        return hasher.Finish();
    }

    private static byte[] Enlarge(byte[] data)
    {
        var content = new byte[1 + (data.Length * 700_001 % (3 * PartSize))];
        for (var place = 0; place < content.Length; place += 1 + (content.Length / 64))
        {
            content[place] = (byte)(place + data.Length);
        }

        return content;
    }

    private static DocumentDigest Composite(byte[] content) =>
        DocumentDigest.OfParts(Sha256Digest.Of(content.Chunk(PartSize).SelectMany(part => SHA256.HashData(part)).ToArray()), PartSize);
}
