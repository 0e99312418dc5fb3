using FairShare.Core.Errors;
using FairShare.Core.Identifiers;

namespace FairShare.Core.Tests.Identifiers;

public class IdentifierTests
{
    private static readonly SystemRandomness Randomness = new();

    [Fact]
    public void New_Drawn_RoundTripsAndNeverRepeats()
    {
        var drawn = Enumerable.Range(0, 1000).Select(_ => ExchangeId.New(Randomness)).ToList();
        Assert.Distinct(drawn);
        Assert.All(drawn, id => Assert.Equal(id, ExchangeId.Parse(id.ToString())));
        Assert.All(drawn, id => Assert.Equal(22, id.ToString().Length));
    }

    public static TheoryData<Action, string> Refusals =>
        new()
        {
            { () => DocumentId.Parse("x"), "invalid-document-id" },
            { () => ExchangeId.Parse("AAAAAAAAAAAAAAAAAAAAAA=="), "invalid-exchange-id" },
            { () => ExchangeId.Parse(null!), "invalid-exchange-id" },
            { () => EvidenceId.Parse("AAAAAAAAAAAAAAAAAAAAA"), "invalid-evidence-id" },
            { () => Nonce.Parse("AAAAAAAAAAAAAAAAAAAAAB"), "invalid-nonce" },
            { () => KeyId.Parse("AAAA"), "invalid-key-id" },
            { () => ObjectVersion.Parse("null"), "invalid-object-version" },
            { () => ObjectVersion.Parse("a b"), "invalid-object-version" },
            { () => ObjectVersion.Parse(""), "invalid-object-version" },
            { () => PartyId.Parse("bob"), "invalid-party-id" },
            { () => PartyId.Parse("{3f2504e0-4f89-41d3-9a0c-0305e82c3301}"), "invalid-party-id" },
            { () => PartyId.Parse("3F2504E0-4F89-41D3-9A0C-0305E82C3301"), "invalid-party-id" },
            { () => PartyId.Parse("urn:fairshare:tds:"), "invalid-party-id" },
            { () => PartyId.Parse("urn:fairshare:tds:a/b"), "invalid-party-id" },
            { () => PartyId.Store(new string('a', 101)), "invalid-party-id" },
            { () => EmailAddress.Parse("bob"), "invalid-email" },
            { () => EmailAddress.Parse("@example.com"), "invalid-email" },
            { () => EmailAddress.Parse("bob@"), "invalid-email" },
            { () => EmailAddress.Parse("bob @example.com"), "invalid-email" },
            { () => EmailAddress.Parse("Bob <bob@example.com>"), "invalid-email" },
            { () => EmailAddress.Parse("bob@example.com\u0000"), "invalid-email" },
            { () => EmailAddress.Parse(new string('b', 243) + "@example.com"), "invalid-email" },
            { () => EmailAddress.Parse("u\u0308@example.com"), "invalid-email" },
            { () => MediaType.Parse("text"), "invalid-media-type" },
            { () => MediaType.Parse("text/plain;charset=utf-8"), "invalid-media-type" },
            { () => MediaType.Parse("text/plain\r\nX: y"), "invalid-media-type" },
            { () => Timestamp.Parse("2026-11-21T12:00:00Z"), "invalid-timestamp" },
            { () => Timestamp.Parse("2026-02-30T12:00:00.000Z"), "invalid-timestamp" },
            { () => Timestamp.Parse(" 2026-11-21T12:00:00.000Z"), "invalid-timestamp" },
        };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Refusals))]
    public void Parse_OtherText_IsRefusedWithItsCode(Action parse, string code) =>
        Assert.Equal(code, Assert.Throws<ProtocolException>(parse).Code);

    [Fact]
    public void PartyId_UserAndStore_AreToldApart()
    {
        Assert.False(PartyId.Parse("3f2504e0-4f89-41d3-9a0c-0305e82c3301").IsStore);
        Assert.True(PartyId.Store("us-east-1:000000000000:fairshare-dev").IsStore);
    }

    [Fact]
    public void EmailAddress_OtherCase_IsTheSame()
    {
        Assert.Equal(EmailAddress.Parse("bob@example.com"), EmailAddress.Parse("Bob@Example.COM"));
        Assert.Equal(254, EmailAddress.Parse(new string('b', 242) + "@example.com").ToString().Length);
    }

    [Fact]
    public void Timestamp_AnyTime_IsWrittenInUtcToTheMillisecond()
    {
        var time = new DateTimeOffset(2026, 11, 21, 23, 30, 0, 123, 456, TimeSpan.FromHours(-5));
        Assert.Equal("2026-11-22T04:30:00.123Z", Timestamp.Format(time));
        Assert.Equal(Timestamp.Truncate(time), Timestamp.Parse(Timestamp.Format(time)));
    }
}
