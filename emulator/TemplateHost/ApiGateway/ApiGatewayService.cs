using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.ApiGateway.Operations;
using TemplateHost.Kernel;

namespace TemplateHost.ApiGateway;

/// <summary>
/// What apigatewayv2 tells of the template's API: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/. An API is made by the
/// template only.
/// </summary>
internal sealed class ApiGatewayService(HostContext host) : IAwsService
{
    private const string Apis = "/v2/apis";

    private readonly ReadOperations operations = new(host);

    public string SigningName => "apigateway";

    public Task<AwsResponse> HandleAsync(AwsRequest request, CancellationToken cancellationToken)
    {
        var path = request.RawPath.TrimEnd('/');
        if (request.Query.FirstOrDefault(parameter => !parameter.Key.StartsWith("X-Amz-", StringComparison.Ordinal)).Key is { } unserved)
        {
            throw new AwsException("BadRequestException", $"The embedded host does not serve the parameter {unserved} of apigatewayv2.");
        }

        host.Authorizer.Demand(
            request.Caller,
            "apigateway:" + request.Method,
            $"arn:aws:apigateway:{host.Region}::{path.Replace("/v2", "", StringComparison.Ordinal)}"
        );
        var found =
            request.Method == "GET" && path.StartsWith(Apis, StringComparison.Ordinal)
                ? Find([.. path[Apis.Length..].Split('/').Select(Uri.UnescapeDataString)])
                : null;
        return found is null
            ? throw new AwsException(
                "UnknownOperationException",
                $"{request.Method} {path} of apigatewayv2 is not served by the embedded host.",
                404
            )
            : Task.FromResult(Write(200, found));
    }

    public AwsResponse WriteError(AwsException error, AwsRequest request)
    {
        var response = Write(error.Status, new JsonObject { ["message"] = error.Message });
        response.Headers["x-amzn-ErrorType"] = error.Code;
        return response;
    }

    private JsonObject? Find(string[] parts) =>
        parts switch
        {
            [""] => operations.Apis(),
            ["", var api] => operations.Api(api),
            ["", var api, var kind] => operations.Parts(api, kind) is { } found
                ? ReadOperations.Items(found.Select(part => part.Part))
                : null,
            ["", var api, var kind, var id] => operations.Parts(api, kind) is { } found ? One(found, kind, id) : null,
            _ => null,
        };

    private static JsonObject One(List<(string Id, JsonObject Part)> parts, string kind, string id) =>
        parts.Find(part => part.Id == id).Part
        ?? throw new AwsException("NotFoundException", $"Invalid {kind.TrimEnd('s')} identifier specified {id}", 404);

    private static AwsResponse Write(int status, JsonObject body)
    {
        var response = new AwsResponse { Status = status, Body = JsonSerializer.SerializeToUtf8Bytes(body) };
        response.Headers["Content-Type"] = "application/json";
        return response;
    }
}
