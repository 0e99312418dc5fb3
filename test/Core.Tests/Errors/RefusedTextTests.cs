using FairShare.Core.Errors;
using FairShare.Core.Identifiers;

namespace FairShare.Core.Tests.Errors;

public sealed class RefusedTextTests
{
    [Theory]
    [InlineData("bob", "bob")]
    [InlineData("Bob Müller", "Bob Müller")]
    [InlineData("a+b=", "a+b=")]
    [InlineData(null, "")]
    [InlineData("a\r\nb\u001b[31m\u2028\u202e\ud83d\ude00", "a??b?[31m????")]
    public void Of_AnyText_IsOneHarmlessLine(string? text, string shown) => Assert.Equal(shown, RefusedText.Of(text));

    [Fact]
    public void Of_LongText_IsItsBeginning()
    {
        Assert.Equal(new string('a', 60), RefusedText.Of(new string('a', 60)));
        Assert.Equal(new string('a', 60) + "…", RefusedText.Of(new string('a', 61)));
    }

    public static TheoryData<Action, string?> Values =>
        new()
        {
            { () => PartyId.Parse("bob"), "bob" },
            { () => KeyId.Parse("AAAA"), "AAAA" },
            { () => DocumentId.Parse("x"), "x" },
            { () => ExchangeId.Parse(null!), "" },
            { () => EvidenceId.Parse("x\ny"), "x?y" },
            // What answers a challenge is nobody's to read.
            { () => Nonce.Parse("secret"), null },
        };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Values))]
    public void Parse_RefusedIdentifier_CarriesItsValueBesideTheMessage(Action parse, string? value)
    {
        var refused = Assert.Throws<ProtocolException>(parse);
        Assert.Equal(value, refused.Value);
        Assert.DoesNotContain("bob", refused.Message, StringComparison.Ordinal);
    }
}
