using System.Text.Json.Nodes;

namespace FairShare.Simulation.Judging;

/// <summary>Hears what parties say to the API and what they are answered; an answer that is lost is heard by nobody.</summary>
internal sealed class ListeningWire(
    HttpMessageHandler inner,
    Action<HttpRequestMessage, JsonNode> asked,
    Action<HttpRequestMessage, JsonNode> answered
) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content?.Headers.ContentType?.MediaType == "application/json")
        {
            asked(request, JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken))!);
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType == "application/json" && response.IsSuccessStatusCode)
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (text.Length > 0)
            {
                answered(request, JsonNode.Parse(text)!);
            }
        }

        return response;
    }
}
