using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon;
using Amazon.Lambda;
using Amazon.Runtime.Credentials;
using FairShare.Aws.Events;

namespace FairShare.Host;

/// <summary>The service's function CertifyStamps, as its operator invokes it with the AWS credentials of the environment.</summary>
/// <param name="function">The output StampCertifierName of the service's stack.</param>
/// <param name="region">The service's region.</param>
/// <param name="endpoint">Where AWS answers instead of AWS's own addresses; null for those.</param>
public sealed class StampCertification(string function, string region, string? endpoint)
{
    /// <summary>Asks for the request for a certificate.</summary>
    /// <returns>The request (PKCS #10) in PEM.</returns>
    public async Task<string> RequestAsync(CancellationToken cancellationToken) =>
        (await InvokeAsync([], cancellationToken))["request"]!.GetValue<string>();

    /// <summary>Has a chain installed.</summary>
    /// <param name="pem">Certificates in PEM.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The function's answer: <c>installed</c> with the key, and <c>notAfter</c>; or <c>refused</c> with a code, and
    /// <c>detail</c>.</returns>
    public Task<JsonObject> InstallAsync(string pem, CancellationToken cancellationToken) =>
        InvokeAsync(new JsonObject { ["chain"] = pem }, cancellationToken);

    private async Task<JsonObject> InvokeAsync(JsonObject input, CancellationToken cancellationToken)
    {
        var config = new AmazonLambdaConfig { RegionEndpoint = RegionEndpoint.GetBySystemName(region) };
        if (endpoint is not null)
        {
            (config.ServiceURL, config.AuthenticationRegion) = (endpoint, region);
        }

        using var client = new AmazonLambdaClient(DefaultAWSCredentialsIdentityResolver.GetCredentials(), config);
        var answer = await new FunctionCalls(client).InvokeAsync(function, JsonSerializer.SerializeToUtf8Bytes(input), cancellationToken);
        return JsonNode.Parse(answer.Span)!.AsObject();
    }
}
