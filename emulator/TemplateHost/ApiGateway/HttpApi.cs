using System.Text.Json.Nodes;
using TemplateHost.ApiGateway.Model;
using TemplateHost.ApiGateway.Requests;
using TemplateHost.ApiGateway.Storage;
using TemplateHost.Kernel;

namespace TemplateHost.ApiGateway;

/// <summary>
/// Serves the template's HTTP API on the API port: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html.
/// </summary>
internal sealed class HttpApi : IHttpApi
{
    private readonly HostContext host;
    private readonly BearerTokens tokens;
    private ApiSnapshot? snapshot;
    private Throttle? throttle;

    public HttpApi(HostContext host, ITokenVerifier verifier)
    {
        ApiTable.Define(host.Store);
        this.host = host;
        tokens = new BearerTokens(verifier, host.Time);
    }

    public bool AllowsOrigin(string origin) => Cors.Allows((snapshot ??= host.Store.Read(ApiSnapshot.Read))?.Api.Cors, origin);

    public async Task<HttpApiResponse> HandleAsync(HttpApiRequest request, CancellationToken cancellationToken)
    {
        // The template is deployed before the port opens, and not changed while it is open.
        var parts = snapshot ??= host.Store.Read(ApiSnapshot.Read);
        if (parts is null)
        {
            return Answers.Message(404, "Not Found");
        }

        var started = host.Time.GetTimestamp();
        var response = await AnswerAsync(parts, request, cancellationToken);
        ApiMetrics.Answered(host, parts.Api.Id, parts.Stage.Name, response.Status, host.Time.GetElapsedTime(started));
        return response;
    }

    private async Task<HttpApiResponse> AnswerAsync(ApiSnapshot parts, HttpApiRequest request, CancellationToken cancellationToken)
    {
        if (!Throttle(parts.Stage).TryTake())
        {
            return Answers.Message(429, "Too Many Requests");
        }

        host.Meter.Add("apiGateway.httpRequest", Math.Max(1, (request.Body.Length + 524_287) / 524_288));
        var response =
            Cors.Preflight(parts.Api.Cors, request)
            ?? Cors.Apply(parts.Api.Cors, request, await RouteAsync(parts, request, cancellationToken));
        return response with { Headers = [.. response.Headers, new("apigw-requestid", host.Random.Base64(12))] };
    }

    private Throttle Throttle(Stage stage) =>
        LazyInitializer.EnsureInitialized(
            ref throttle,
            () => new Throttle(host.Time, stage.Rate ?? double.MaxValue, stage.Burst ?? stage.Rate ?? double.MaxValue)
        );

    private async Task<HttpApiResponse> RouteAsync(ApiSnapshot parts, HttpApiRequest request, CancellationToken cancellationToken)
    {
        if (RouteMatch.Find(parts.Routes, request.Method, request.RawPath) is not { } match)
        {
            return Answers.Message(404, "Not Found");
        }

        var requestId = host.Random.Uuid();
        var context = ProxyRequest.Context(request, match, parts.Api.Id, host, requestId);
        if (match.Route.AuthorizerId is { } id)
        {
            switch (tokens.Check(parts.Authorizers.First(authorizer => authorizer.Id == id), match.Route, request.Headers))
            {
                case TokenVerdict.Refused refused:
                    return Answers.Unauthorized(refused.Description);
                case TokenVerdict.OutOfScope:
                    return Answers.Message(403, "Forbidden");
                case TokenVerdict.Accepted accepted:
                    context["authorizer"] = accepted.Context;
                    break;
            }
        }

        var integration = parts.Integrations.First(candidate => candidate.Id == match.Route.IntegrationId);
        var caller = FunctionCaller(parts.Api.Id, match.Route);
        return await InvokeAsync(integration, caller, ProxyRequest.Write(request, match, context), cancellationToken);
    }

    private async Task<HttpApiResponse> InvokeAsync(
        Integration integration,
        Caller caller,
        JsonObject payload,
        CancellationToken cancellationToken
    )
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var input = new JsonObject { ["FunctionName"] = integration.FunctionArn, ["Payload"] = payload.ToJsonString() };
        var call = host.Services.CallAsync(caller, "lambda", "Invoke", input, bounded.Token);
        var timer = Task.Delay(TimeSpan.FromMilliseconds(integration.TimeoutMilliseconds), host.Time, bounded.Token);
        try
        {
            var first = await Task.WhenAny(call, timer);
            cancellationToken.ThrowIfCancellationRequested();
            if (first == timer)
            {
                return Answers.Message(503, "Service Unavailable");
            }

            var answer = await call;
            return answer["FunctionError"] is null && ProxyAnswer.Read(answer["Payload"]!.GetValue<string>()) is { } response
                ? response
                : Failed(integration, answer);
        }
        catch (AwsException refusal)
        {
            host.Fault($"The API could not invoke {integration.FunctionArn}.", refusal);
            return refusal.Status == 429 ? Answers.Message(503, "Service Unavailable") : Answers.Message(500, "Internal Server Error");
        }
        finally
        {
            await bounded.CancelAsync();
        }
    }

    private HttpApiResponse Failed(Integration integration, JsonObject answer)
    {
        host.Fault($"The function {integration.FunctionArn} failed.", new InvalidOperationException(answer["Payload"]?.ToString()));
        return Answers.Message(500, "Internal Server Error");
    }

    /// <summary>API Gateway invokes in its own name; the function's policy says from which route.</summary>
    private Caller FunctionCaller(string apiId, Route route)
    {
        var path = route.Key == "$default" ? "$default" : route.Key.Replace(" /", "/", StringComparison.Ordinal);
        return new Caller(CallerKind.Service, "apigateway.amazonaws.com", null, "apigateway.amazonaws.com")
        {
            Context = new Dictionary<string, string>
            {
                ["aws:SourceArn"] = host.Arn("execute-api", $"{apiId}/$default/{path}"),
                ["aws:SourceAccount"] = host.AccountId,
            },
        };
    }
}
