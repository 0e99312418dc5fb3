using System.Text.Json.Nodes;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Amazon.Runtime;
using FairShare.Contracts.Http;
using FairShare.Contracts.Log;
using FairShare.Functions.Http;
using FairShare.Functions.Metrics;

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
        Assert.Contains("What went wrong.", context.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task CatchAsync_Failure_IsCountedOfItsFunction()
    {
        var context = new Context();
        await StatusAsync(context, new InvalidOperationException("What went wrong."));
        var line = JsonNode.Parse(context.Lines[^1])!;
        var metric = line["_aws"]!["CloudWatchMetrics"]![0]!;
        Assert.Equal("""[["FunctionName"]]""", metric["Dimensions"]!.ToJsonString());
        Assert.Equal(("FairShare", "InternalErrors"), ($"{metric["Namespace"]}", $"{metric["Metrics"]![0]!["Name"]}"));
        Assert.Equal(("function", 1), ($"{line["FunctionName"]}", line["InternalErrors"]!.GetValue<int>()));
    }

    [Fact]
    public async Task CatchAsync_SomethingIsBusy_IsNotCounted()
    {
        var context = new Context();
        var busy = new AmazonServiceException("Slow down.") { ErrorCode = "ThrottlingException" };
        Assert.Equal(503, await StatusAsync(context, busy));
        Assert.DoesNotContain("_aws", Assert.Single(context.Lines), StringComparison.Ordinal);
    }

    private static async Task<int> StatusAsync(Context context, Exception thrown)
    {
        using var answer = await ApiFailures.CatchAsync(
            new APIGatewayHttpApiV2ProxyRequest(),
            context,
            new ServiceMetrics(() => "dev", TimeProvider.System, sink: null),
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
