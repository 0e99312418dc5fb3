using FairShare.Vault.Padding;

namespace FairShare.Vault.Tests.Padding;

public sealed class PaddedLengthTests
{
    // Computed by hand after the definition: the mantissa keeps as many bits as the exponent has.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(8, 8)]
    [InlineData(9, 10)]
    [InlineData(100, 104)]
    [InlineData(1000, 1024)]
    [InlineData(1025, 1088)]
    [InlineData(1000000, 1015808)]
    [InlineData(1L << 40, 1L << 40)]
    [InlineData((1L << 40) + 1, (1L << 40) + (1L << 34))]
    public void Padme_Length_IsTheNextWithAShortMantissa(long length, long padded) => Assert.Equal(padded, PaddedLength.Padme(length));

    [Fact]
    public void Padme_AnyLength_GrowsByTwelvePercentAtMostAndStaysPadded()
    {
        for (var length = 1L; length < 1L << 50; length += (length / 97) + 1)
        {
            var padded = PaddedLength.Padme(length);
            Assert.InRange(padded, length, (long)(length * 1.12) + 1);
            Assert.Equal(padded, PaddedLength.Padme(padded));
        }
    }

    [Fact]
    public void WithFrames_AnyLength_LeavesNothingOrRoomForAFrame()
    {
        for (var length = 0L; length < 100_000; length++)
        {
            var padded = PaddedLength.WithFrames(length);
            Assert.True(padded == length || padded - length >= 8);
            Assert.Equal(padded, PaddedLength.Padme(padded));
        }
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(8, 100)]
    [InlineData(108, 100)]
    [InlineData(109, 100)]
    [InlineData(115, 100)]
    [InlineData(116, 100)]
    [InlineData(1000, 100)]
    [InlineData(70000, uint.MaxValue)]
    public async Task WritePadding_AnyLength_IsFramesThatZstdSkips(long length, uint contentLimit)
    {
        using var padding = new MemoryStream();
        SkippableFrame.WritePadding(padding, length, contentLimit);
        Assert.Equal(length, padding.Length);
        Support.Tools.Require("zstd");
        Assert.Empty(await Support.Tools.RunAsync("zstd -dc", [.. EmptyFrame, .. padding.ToArray()]));
    }

    // A frame of zstd without content, as a program that finds only skippable ones says that it found nothing.
    private static byte[] EmptyFrame => [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x38, 0x01, 0x00, 0x00];
}
