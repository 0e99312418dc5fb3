using System.Text.Json;
using System.Text.Json.Nodes;

namespace FairShare.Local.Gateway;

/// <summary>Answers for services that the host does not have: refused by name.</summary>
internal sealed class UnservedService(string signingName) : IAwsService
{
    public string SigningName => signingName;

    public Task<AwsResponse> HandleAsync(AwsRequest request, CancellationToken cancellationToken) =>
        throw new AwsException("UnknownOperationException", $"The service {signingName} is not served by the embedded host.", 404);

    public AwsResponse WriteError(AwsException error, AwsRequest request)
    {
        var body = new JsonObject { ["__type"] = error.Code, ["message"] = error.Message };
        var response = new AwsResponse { Status = error.Status, Body = JsonSerializer.SerializeToUtf8Bytes(body) };
        response.Headers["Content-Type"] = "application/json";
        response.Headers["x-amzn-ErrorType"] = error.Code;
        return response;
    }
}
