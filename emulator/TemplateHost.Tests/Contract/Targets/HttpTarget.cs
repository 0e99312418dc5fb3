using System.Text.Json.Nodes;
using TemplateHost.Testing;
using TemplateHost.Tests.Support;

namespace TemplateHost.Tests.Contract.Targets;

/// <summary>Calls over signed HTTP, as an SDK would make them, to services without an SDK package here.</summary>
internal sealed class HttpTarget(HttpClient client, string endpoint, RequestSigner signer)
{
    public async Task<ContractAnswer> CallAsync(string service, string operation, JsonObject input)
    {
        var isQuery = QueryProtocol.Versions.ContainsKey(service);
        using var request = isQuery
            ? QueryProtocol.Request(endpoint, service, operation, input)
            : JsonProtocol.Request(endpoint, service, operation, input);
        await signer.SignAsync(request, service[(service.IndexOf('.', StringComparison.Ordinal) + 1)..]);
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return isQuery ? QueryProtocol.Read(text) : ReadJson(response, text.Length == 0 ? [] : JsonNode.Parse(text)!.AsObject());
    }

    private static ContractAnswer ReadJson(HttpResponseMessage response, JsonObject body) =>
        new(response.IsSuccessStatusCode ? null : CodeOf(response, body), body);

    /// <summary>SQS's SDKs show the code of the older protocol, which stands in a header.</summary>
    private static string CodeOf(HttpResponseMessage response, JsonObject body) =>
        response.Headers.TryGetValues("x-amzn-query-error", out var older)
            ? older.Single().Split(';')[0]
            : (body["__type"]?.ToString() ?? "").Split('#')[^1];
}
