using System.Text.Json.Nodes;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Http;
using FairShare.Contracts.Parties;
using FairShare.Core.Errors;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Tests.Http;

public sealed class AnswerWriterTests
{
    [Fact]
    public void Write_Answer_HasTheStatusOfItsRoute()
    {
        var response = Read(
            AnswerWriter.Write(PartyRoutes.IssueKeyNonce, new Answer<NonceGrant>(new NonceGrant("n", DateTimeOffset.UnixEpoch)))
        );
        Assert.Equal(201, response["statusCode"]!.GetValue<int>());
        Assert.Equal("""{"nonce":"n","due":"1970-01-01T00:00:00.000Z"}""", response["body"]!.GetValue<string>());
    }

    [Fact]
    public void Write_NotDecidedYet_Is202WithTheLocation()
    {
        var answer = Answer.Accepted(new ReceiptAnswer("e", "AwaitingReceipt"), "/exchanges/e");
        var response = Read(AnswerWriter.Write(ExchangeRoutes.SubmitReceipt, answer));
        Assert.Equal(202, response["statusCode"]!.GetValue<int>());
        Assert.Equal("/exchanges/e", response["headers"]!["location"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("invalid-exchange-id", 400)]
    [InlineData("key-not-valid", 422)]
    [InlineData("statement-mismatch:nonce", 422)]
    public void Write_RefusalOfTheLibraries_KeepsItsCode(string code, int status)
    {
        var problem = Problem(AnswerWriter.Write(new ProtocolException(code, "Why.")), status);
        Assert.Equal((code, "Why."), (problem["code"]!.GetValue<string>(), problem["detail"]!.GetValue<string>()));
    }

    [Fact]
    public void Write_Busy_SaysWhenToAskAgain()
    {
        var response = Read(AnswerWriter.Write(CommonProblems.Busy.With("Later.")));
        Assert.Equal("1", response["headers"]!["retry-after"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(0.2, "1")]
    [InlineData(61.5, "62")]
    public void Write_Limit_RoundsTheWaitUpToWholeSeconds(double seconds, string expected)
    {
        var limit = new LimitExceededException(CommonProblems.TooManyCalls, "Enough.", TimeSpan.FromSeconds(seconds));
        Assert.Equal(expected, Read(AnswerWriter.Write(limit))["headers"]!["retry-after"]!.GetValue<string>());
    }

    private static JsonNode Problem(Stream response, int status)
    {
        var read = Read(response);
        Assert.Equal(status, read["statusCode"]!.GetValue<int>());
        Assert.Equal("application/problem+json", read["headers"]!["content-type"]!.GetValue<string>());
        return JsonNode.Parse(read["body"]!.GetValue<string>())!;
    }

    private static JsonNode Read(Stream response) => JsonNode.Parse(response)!;
}
