using System.Text.Json;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Parties;

namespace FairShare.Contracts.Tests;

public sealed class ContractJsonTests
{
    private const string Grown = """{"nonce":"n","signature":"s","later":1}""";

    [Fact]
    public void Strict_MemberThatNobodyKnows_IsRefused() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(Grown, ContractJson.Strict.TypeOf<ChallengeReply>()));

    [Fact]
    public void Lenient_MemberOfANewerService_IsPassedOver() =>
        Assert.Equal(new ChallengeReply("n", "s"), JsonSerializer.Deserialize(Grown, ContractJson.Lenient.TypeOf<ChallengeReply>()));

    [Theory]
    [InlineData("""{"nonce":"n"}""")]
    [InlineData("""{"nonce":null,"signature":"s"}""")]
    [InlineData("""{"Nonce":"n","signature":"s"}""")]
    public void Strict_MissingOrNullMember_IsRefused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, ContractJson.Strict.TypeOf<ChallengeReply>()));

    [Fact]
    public void Lenient_MemberTwice_IsRefused() =>
        Assert.Throws<JsonException>(() =>
            JsonSerializer.Deserialize("""{"nonce":"n","nonce":"m","signature":"s"}""", ContractJson.Lenient.TypeOf<ChallengeReply>())
        );

    [Fact]
    public void Strict_Time_IsUtcWithMilliseconds()
    {
        var grant = new NonceGrant("n", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)));
        Assert.Equal(
            """{"nonce":"n","due":"2026-01-02T01:04:05.000Z"}""",
            JsonSerializer.Serialize(grant, ContractJson.Strict.TypeOf<NonceGrant>())
        );
    }

    [Fact]
    public void Strict_NullMember_IsLeftOut() =>
        Assert.Equal("{}", JsonSerializer.Serialize(new ExchangeRequest(), ContractJson.Strict.TypeOf<ExchangeRequest>()));
}
