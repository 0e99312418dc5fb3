using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using FairShare.Local.Tests.Support;

namespace FairShare.Local.Tests.Contract;

/// <summary>Calls over signed HTTP, as an SDK does.</summary>
internal sealed class JsonTarget(HttpClient client, string endpoint, RequestSigner signer, string roleArn, Func<ValueTask> stop) : IContractTarget
{
    private static readonly Dictionary<string, (string Prefix, string Version)> Protocols = new()
    {
        ["states"] = ("AWSStepFunctions", "1.0"),
        ["sqs"] = ("AmazonSQS", "1.0"),
        ["events"] = ("AWSEvents", "1.1"),
        ["cognito-idp"] = ("AWSCognitoIdentityProviderService", "1.1"),
    };

    public string RoleArn => roleArn;

    public async Task<ContractAnswer> CallAsync(string service, string operation, JsonObject input)
    {
        var (prefix, version) = Protocols[service];
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint + "/") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(input.ToJsonString())) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue($"application/x-amz-json-{version}");
        request.Headers.Add("X-Amz-Target", $"{prefix}.{operation}");
        await signer.SignAsync(request, service);
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var body = text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject();
        return new ContractAnswer(response.IsSuccessStatusCode ? null : CodeOf(response, body), body);
    }

    public ValueTask DisposeAsync() => stop();

    /// <summary>SQS's SDKs show the code of the older protocol, which stands in a header.</summary>
    private static string CodeOf(HttpResponseMessage response, JsonObject body) =>
        response.Headers.TryGetValues("x-amzn-query-error", out var older)
            ? older.Single().Split(';')[0]
            : (body["__type"]?.ToString() ?? "").Split('#')[^1];
}
