using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using FairShare.Contracts.Parties;

namespace FairShare.Client.Parties;

/// <summary>One post a call, to a user pool; nobody signs them.</summary>
internal sealed class CognitoConnection(HttpClient http, IdentityDescription identity)
{
    /// <summary>Calls an operation that names the application.</summary>
    public Task<JsonObject> CallAsClientAsync(string operation, JsonObject input, CancellationToken cancellationToken)
    {
        input["ClientId"] = identity.ClientId;
        return CallAsync(operation, input, cancellationToken);
    }

    /// <summary>Calls an operation.</summary>
    public async Task<JsonObject> CallAsync(string operation, JsonObject input, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, identity.Endpoint);
        request.Headers.Add("X-Amz-Target", $"AWSCognitoIdentityProviderService.{operation}");
        request.Content = new StringContent(input.ToJsonString());
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var answer = ParseObject(text);
        return response.IsSuccessStatusCode && answer is not null
            ? answer
            : throw new IdentityProblem(
                answer?["__type"]?.ToString().Split('#')[^1] ?? $"http-{(int)response.StatusCode}",
                (answer?["message"] ?? answer?["Message"])?.ToString() ?? "The user pool refused."
            );
    }

    private static JsonObject? ParseObject(string text)
    {
        try
        {
            return text.Length == 0 ? [] : JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A member that an answer must have.</summary>
    public static string Text(JsonObject answer, string name) =>
        answer[name]?.ToString() ?? throw new IdentityProblem("UnexpectedAnswer", $"The user pool's answer lacks {name}.");
}
