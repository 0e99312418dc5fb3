using System.Buffers.Binary;
using FairShare.Vault.Compression;
using FairShare.Vault.Padding;
using FairShare.Vault.Tests.Support;

namespace FairShare.Vault.Tests.Compression;

public sealed class PayloadTests
{
    private const long Limit = 1L << 30;

    private static ReadOnlySpan<byte> PaddingMagic => [0x5F, 0x2A, 0x4D, 0x18];

    public static TheoryData<int, VaultCompression> Contents { get; } =
        new(
            from length in (int[])[0, 1, 1000, 128 << 10, (128 << 10) + 1, 1_000_000, 1 << 20, (1 << 20) + 1, 5_000_000]
            from compression in (VaultCompression[])[VaultCompression.Zstd, VaultCompression.None]
            select (length, compression)
        );

    [Theory]
    [MemberData(nameof(Contents))]
    public void Read_WhatWasWritten_IsTheSameAndPadded(int length, VaultCompression compression)
    {
        var content = new CountedRandomness(length).Bytes(length);
        foreach (var kind in (PayloadKind[])[PayloadKind.Archive, PayloadKind.Pipe])
        {
            var payload = Write(content, kind, compression);
            Assert.Equal(PaddedLength.Padme(payload.Length), payload.Length);
            var (read, readKind) = Read(payload);
            Assert.Equal(content, read);
            Assert.Equal(kind, readKind);
        }
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task Decompress_WhatWasWritten_ByZstdItself_IsTheSame(int length, VaultCompression compression)
    {
        Tools.Require("zstd");
        var content = new CountedRandomness(length).Bytes(length);
        Assert.Equal(content, await Tools.RunAsync("zstd -dc", Write(content, PayloadKind.Pipe, compression)));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("-3")]
    [InlineData("-19 --check")]
    [InlineData("--ultra -22 --long=27")]
    public async Task Read_WhatZstdCompresses_IsTheSame(string options)
    {
        Tools.Require("zstd");
        var content = new CountedRandomness(1).Bytes(300_000);
        Assert.Equal(content, Read(await Tools.RunAsync($"zstd -c {options}", content)).Content);
    }

    [Fact]
    public void Write_WithoutCompression_LengthDoesNotDependOnTheContent() =>
        Assert.Equal(
            Write(new byte[500_000], PayloadKind.Archive, VaultCompression.None).Length,
            Write(new CountedRandomness(2).Bytes(500_000), PayloadKind.Archive, VaultCompression.None).Length
        );

    // A resumed upload must become the same bytes, in whatever pieces they are written.
    [Fact]
    public void Write_InAnyPieces_IsTheSameBytes()
    {
        byte[] content = [.. new CountedRandomness(5).Bytes(3_000_000), .. new byte[3_000_000]];
        var expected = Write(content, PayloadKind.Archive, VaultCompression.Zstd);
        foreach (var piece in (int[])[1_000_000, 70_001, 4096])
        {
            using var payload = new MemoryStream();
            using var writer = new PayloadWriter(payload, PayloadKind.Archive, VaultCompression.Zstd);
            content.Chunk(piece).ToList().ForEach(bytes => writer.Write(bytes));
            writer.Complete();
            Assert.Equal(TestKitCase.HashOf(expected), TestKitCase.HashOf(payload.ToArray()));
        }
    }

    [Fact]
    public void Dispose_PayloadThatIsNotComplete_WritesNothingMore()
    {
        using var payload = new MemoryStream();
        var writer = new PayloadWriter(payload, PayloadKind.Pipe, VaultCompression.Zstd);
        writer.Write(new CountedRandomness(7).Bytes(1000));
        var length = payload.Length;
        writer.Dispose();
        Assert.Equal(length, payload.Length);
    }

    [Fact]
    public void Write_Padding_IsOneSkippableFrameOfZeros()
    {
        var payload = Write(new CountedRandomness(3).Bytes(100_000), PayloadKind.Archive, VaultCompression.Zstd);
        var start = payload.AsSpan().LastIndexOf(PaddingMagic);
        Assert.Equal(payload.Length - start - 8, BinaryPrimitives.ReadInt32LittleEndian(payload.AsSpan(start + 4)));
        Assert.False(payload.AsSpan(start + 8).ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void Read_Truncated_IsRefusedAtEveryLength()
    {
        var payload = Write(new CountedRandomness(4).Bytes(700), PayloadKind.Pipe, VaultCompression.Zstd);
        for (var length = 0; length < payload.Length; length++)
        {
            // The marker alone, and the frames before the padding, are whole in themselves: only the age file tells that more was there.
            if (!IsWhole(payload, length))
            {
                Assert.Equal("vault-payload-malformed", Assert.Throws<PayloadException>(() => Read(payload[..length])).Code);
            }
        }
    }

    [Theory]
    [InlineData("no zstd at all, but a text of some length")]
    [InlineData("x")]
    public void Read_NoZstd_IsRefused(string text) =>
        Assert.Equal(
            "vault-payload-malformed",
            Assert.Throws<PayloadException>(() => Read(System.Text.Encoding.ASCII.GetBytes(text))).Code
        );

    [Fact]
    public void Read_SomethingAfterTheFrames_IsRefused() =>
        Assert.Throws<PayloadException>(() => Read([.. Write([1], PayloadKind.Archive, VaultCompression.Zstd), 1]));

    [Fact]
    public void Read_Bomb_StopsAtTheLimit()
    {
        var payload = Write(new byte[50_000_000], PayloadKind.Archive, VaultCompression.Zstd);
        Assert.True(payload.Length < 50_000);
        using var reader = PayloadReader.Open(new MemoryStream(payload), 1_000_000);
        var buffer = new byte[4096];
        var read = 0;
        var refusal = Assert.Throws<PayloadException>(() =>
        {
            while (reader.Read(buffer) is > 0 and var length)
            {
                read += length;
            }
        });
        Assert.Equal("vault-payload-too-large", refusal.Code);
        Assert.InRange(read, 0, 1_000_000);
    }

    [Fact]
    public void Read_ExactlyTheLimit_IsTaken()
    {
        var payload = Write(new byte[1000], PayloadKind.Archive, VaultCompression.Zstd);
        Assert.Equal(1000, Read(payload, 1000).Content.Length);
        Assert.Throws<PayloadException>(() => Read(payload, 999));
    }

    private static bool IsWhole(byte[] payload, int length)
    {
        var padding = payload.AsSpan().LastIndexOf(PaddingMagic);
        return length == 0 || length == 8 + PayloadWriter.PipeMark.Length || length == padding;
    }

    private static byte[] Write(byte[] content, PayloadKind kind, VaultCompression compression)
    {
        using var payload = new MemoryStream();
        using var writer = new PayloadWriter(payload, kind, compression);
        writer.Write(content);
        writer.Complete();
        Assert.Equal(payload.Length, writer.PayloadLength);
        return payload.ToArray();
    }

    private static (byte[] Content, PayloadKind Kind) Read(byte[] payload, long limit = Limit)
    {
        using var reader = PayloadReader.Open(new MemoryStream(payload), limit);
        using var content = new MemoryStream();
        reader.CopyTo(content);
        return (content.ToArray(), reader.Kind);
    }
}
