using FairShare.Core.Encoding;
using FsCheck;
using FsCheck.Fluent;

namespace FairShare.Core.Tests.Encoding;

public class Base64UrlTextTests
{
    [Fact]
    public void TryDecode_AnyBytesEncoded_RoundTrips() =>
        Prop.ForAll<byte[]>(bytes => Base64UrlText.TryDecode(Base64UrlText.Encode(bytes), out var decoded) && decoded.SequenceEqual(bytes))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void TryDecode_AnyText_NeverThrowsAndIsCanonical() =>
        Prop.ForAll<string>(text => text is null || !Base64UrlText.TryDecode(text, out var bytes) || Base64UrlText.Encode(bytes) == text)
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("A")]
    [InlineData("AB")]
    [InlineData("AAB")]
    [InlineData("AA==")]
    [InlineData("AA A")]
    [InlineData("AA+A")]
    [InlineData("AA/A")]
    [InlineData("AAA\u00e9")]
    public void TryDecode_NotCanonical_IsRefused(string text) => Assert.False(Base64UrlText.TryDecode(text, out _));
}
