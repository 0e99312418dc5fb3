using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using TemplateHost.Tests.Support;

namespace TemplateHost.Tests.Lambda;

/// <summary>Invokes functions as the account's owner.</summary>
internal static class Invocations
{
    /// <summary>Invokes a function and waits for its answer.</summary>
    /// <returns>The status, the header that says that the function failed, and the answer.</returns>
    public static async Task<(int Status, string? Error, JsonObject Body)> InvokeAsync(TestHost host, string function, string payload)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(payload));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{host.Host.AwsUrl}/2015-03-31/functions/{function}/invocations")
        {
            Content = content,
        };
        await host.SignerFor(null).SignAsync(request, "lambda");
        using var response = await host.Client.SendAsync(request);
        var error = response.Headers.TryGetValues("X-Amz-Function-Error", out var values) ? values.Single() : null;
        return ((int)response.StatusCode, error, JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject());
    }
}
