using System.Text.Json.Nodes;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using FairShare.Contracts.Http;
using FairShare.Contracts.Log;
using FairShare.Functions.Http;

namespace FairShare.Functions.Tests.Http;

public sealed class ApiFailuresTests
{
    [Fact]
    public async Task CatchAsync_Refusal_IsAnsweredAndNotLogged()
    {
        var context = new Context();
        Assert.Equal(409, await StatusAsync(context, CommonProblems.WrongNonce.With("Another nonce.")));
        Assert.Empty(context.Lines);
    }

    [Fact]
    public async Task CatchAsync_NotInTheLogYet_IsAnsweredAndNotLogged()
    {
        var context = new Context();
        Assert.Equal(404, await StatusAsync(context, LogProblems.NotInLog.With("Not yet.")));
        Assert.Empty(context.Lines);
    }

    [Fact]
    public async Task CatchAsync_Failure_TellsTheCallerTheRequestAndTheLogTheReason()
    {
        var context = new Context();
        Assert.Equal(500, await StatusAsync(context, new InvalidOperationException("What went wrong.")));
        Assert.Contains("What went wrong.", Assert.Single(context.Lines), StringComparison.Ordinal);
    }

    private static async Task<int> StatusAsync(Context context, Exception thrown)
    {
        using var answer = await ApiFailures.CatchAsync(
            new APIGatewayHttpApiV2ProxyRequest(),
            context,
            () => Task.FromException<MemoryStream>(thrown)
        );
        var response = (await JsonNode.ParseAsync(answer, cancellationToken: TestContext.Current.CancellationToken))!;
        Assert.DoesNotContain("What went wrong.", response["body"]!.GetValue<string>(), StringComparison.Ordinal);
        return response["statusCode"]!.GetValue<int>();
    }

    private sealed class Context : ILambdaContext, ILambdaLogger
    {
        public List<string> Lines { get; } = [];

        public string AwsRequestId => "request";

        public string FunctionName => "function";

        public string InvokedFunctionArn => "arn";

        public ILambdaLogger Logger => this;

        public TimeSpan RemainingTime => TimeSpan.FromSeconds(1);

        public void LogLine(string message) => Lines.Add(message);
    }
}
