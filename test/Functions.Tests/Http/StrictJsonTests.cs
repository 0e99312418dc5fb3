using System.Text;
using FairShare.Contracts;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Http;
using FairShare.Functions.Http;

namespace FairShare.Functions.Tests.Http;

public sealed class StrictJsonTests
{
    [Fact]
    public void Read_ExactlyItsMembers_GivesTheRecord() =>
        Assert.Equal(new ChallengeReply("n", "s"), Read<ChallengeReply>("""{"nonce":"n","signature":"s"}"""));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"nonce":"n"}""")]
    [InlineData("""{"nonce":"n","signature":"s","more":1}""")]
    [InlineData("""{"nonce":"n","nonce":"n","signature":"s"}""")]
    [InlineData("""{"nonce":"n","signature":"s"}x""")]
    [InlineData("""{"nonce":"n","signature":"\ud800"}""")]
    public void Read_AnythingElse_IsRefused(string json) =>
        Assert.Equal("invalid-body", Assert.Throws<ProblemException>(() => Read<ChallengeReply>(json)).Code);

    [Fact]
    public void Read_NullInAList_IsRefused() =>
        Assert.Equal("invalid-body", Assert.Throws<ProblemException>(() => Read<PartsRequest>("""{"parts":[null]}""")).Code);

    [Fact]
    public void Read_UnknownMember_IsNamedAndItsValueIsNot()
    {
        var refused = Assert.Throws<ProblemException>(() => Read<ChallengeReply>("""{"other":"secret"}"""));
        Assert.Contains("$.other", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a":"b"}""", true)]
    [InlineData("""{"a":"\ud800"}""", false)]
    [InlineData("""{"a":1,"a":2}""", false)]
    [InlineData("{", false)]
    public void IsText_Json_IsWhenEveryTextIsUnicodeAndNoMemberTwice(string json, bool expected) =>
        Assert.Equal(expected, StrictJson.IsText(json));

    private static T Read<T>(string json) => StrictJson.Read(Encoding.UTF8.GetBytes(json), ContractJson.Strict.TypeOf<T>());
}
