using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Lambda;
using Amazon.Runtime;
using FairShare.Aws.Events;

namespace FairShare.Testing;

/// <summary>Functions of a host that no route invokes, as the operator invokes them.</summary>
public static class InvokedFunctions
{
    /// <summary>Invokes a function, and waits for its answer.</summary>
    public static async Task<JsonObject> InvokeAsync(this TestHost host, string function, JsonObject input)
    {
        ArgumentNullException.ThrowIfNull(host);
        var (id, secret) = host.Embedded.RootCredentials;
        using var lambda = new AmazonLambdaClient(
            new BasicAWSCredentials(id, secret),
            new AmazonLambdaConfig
            {
                ServiceURL = host.Embedded.AwsUrl,
                AuthenticationRegion = "us-east-1",
                HttpClientFactory = new HostHttpClientFactory(host.Embedded),
            }
        );
        var answer = await new FunctionCalls(lambda).InvokeAsync(function, JsonSerializer.SerializeToUtf8Bytes(input), default);
        return JsonNode.Parse(answer.Span)!.AsObject();
    }
}
