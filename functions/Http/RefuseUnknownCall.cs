using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using FairShare.Contracts.Http;
using FairShare.Functions.Hosting;
using FairShare.Functions.Metrics;

namespace FairShare.Functions.Http;

/// <summary>Answers what no route takes: 405 with the methods that the path has, or 404. It has no rights, and asks for no token.</summary>
/// <param name="routes">The routes of the API.</param>
/// <param name="metrics">Where an answer 500 is counted.</param>
internal sealed class RefuseUnknownCall(IEnumerable<Route> routes, ServiceMetrics metrics) : IFunction
{
    public async Task<Stream> InvokeAsync(Stream payload, ILambdaContext context)
    {
        var request = await RequestReader.ReadAsync(payload);
        return await ApiFailures.CatchAsync(request, context, metrics, () => throw Refusal(request));
    }

    private ProblemException Refusal(APIGatewayHttpApiV2ProxyRequest request)
    {
        var path = (request.RawPath ?? "").Split('/');
        var methods = routes.Where(route => Takes(route.Path, path)).Select(route => route.Method.Method);
        string[] allowed = [.. methods.Distinct().Order(StringComparer.Ordinal)];
        return allowed.Length > 0
            ? new MethodNotAllowedException(allowed)
            : CommonProblems.UnknownCall.With("There is no such path; docs/api.md and /openapi.json of the page have all.");
    }

    private static bool Takes(string template, string[] path)
    {
        var parts = template.Split('/');
        var isLongEnough = template.EndsWith("+}", StringComparison.Ordinal) ? path.Length >= parts.Length : path.Length == parts.Length;
        return isLongEnough && parts.Zip(path).All(pair => pair.First.StartsWith('{') ? pair.Second.Length > 0 : pair.First == pair.Second);
    }
}
