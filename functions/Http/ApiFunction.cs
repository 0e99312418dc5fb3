using System.Globalization;
using System.Text.Json;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using FairShare.Core.Errors;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Http;

/// <summary>Puts a handler behind API Gateway: payload format 2.0 in and out, and every error one problem (RFC 9457).</summary>
internal sealed class ApiFunction(IApiHandler handler, FunctionSettings? settings = null) : IFunction
{
    /// <summary>The same function, with the settings of its deployment.</summary>
    public ApiFunction With(FunctionSettings own) => new(handler, own);

    public async Task<Stream> InvokeAsync(Stream payload, ILambdaContext context)
    {
        var request =
            await JsonSerializer.DeserializeAsync(payload, EventJson.Default.APIGatewayHttpApiV2ProxyRequest)
            ?? throw new InvalidOperationException("The payload is not an HTTP API request.");
        using var timeout = new CancellationTokenSource(
            context.RemainingTime > TimeSpan.Zero ? context.RemainingTime : Timeout.InfiniteTimeSpan
        );
        var call = new ApiCall(request, settings ?? throw new InvalidOperationException("The function was not made by the catalog."));
        var answer = await AnswerAsync(call, context, timeout.Token);
        return Write(answer);
    }

    private async Task<ApiAnswer> AnswerAsync(ApiCall call, ILambdaContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await handler.HandleAsync(call, cancellationToken);
        }
        catch (ProtocolException problem)
        {
            FunctionLog.Write(context, LogLevel.Info, problem.Code, call, problem);
            return Describe(problem);
        }
        catch (Exception passing) when (PassingFailures.Include(passing))
        {
            FunctionLog.Write(context, LogLevel.Warn, Problems.Busy.Code, call, passing);
            return Describe(Problems.Busy.With("Something that the service needs is busy; repeat the request."));
        }
#pragma warning disable CA1031 // The edge: whatever failed inside is one problem outside, and one line in the log.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            FunctionLog.Write(context, LogLevel.Error, Problems.InternalError.Code, call, failure);
            return Describe(
                Problems.InternalError.With($"The service failed; its log has the reason under request {context.AwsRequestId}.")
            );
        }
    }

    private static ApiAnswer Describe(ProtocolException problem)
    {
        var type = Problems.TypeOf(problem);
        var details = new ProblemDetails($"urn:fairshare:problem:{type.Code}", type.Title, type.Status, problem.Message, type.Code);
        return new ApiAnswer(type.Status, JsonSerializer.Serialize(details, ApiJson.Default.ProblemDetails))
        {
            ContentType = "application/problem+json",
            RetryAfter =
                problem is LimitExceededException limit ? limit.RetryAfter
                : type.Status == Problems.Busy.Status ? TimeSpan.FromSeconds(1)
                : null,
        };
    }

    private static MemoryStream Write(ApiAnswer answer)
    {
        var headers = new Dictionary<string, string> { ["content-type"] = answer.ContentType, ["cache-control"] = "no-store" };
        if (answer.Location is { } location)
        {
            headers["location"] = location;
        }

        if (answer.RetryAfter is { } wait)
        {
            headers["retry-after"] = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        var response = new APIGatewayHttpApiV2ProxyResponse
        {
            StatusCode = answer.Status,
            Headers = headers,
            Body = answer.Body,
        };
        return new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(response, EventJson.Default.APIGatewayHttpApiV2ProxyResponse));
    }
}
