using System.Text.Json;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;

namespace FairShare.Aws.Exchange;

/// <summary>What a refusal hands to the workflow as the cause of the failed wait.</summary>
/// <param name="Refusal">The verified refusal.</param>
/// <param name="AcceptedAt">When the store accepted it, which the record of it states; null in causes from before it was handed
/// over.</param>
public sealed record AcceptedRefusal(EvidenceToken Refusal, DateTimeOffset? AcceptedAt)
{
    /// <summary>The cause: JSON of <c>refusal</c> and <c>acceptedAt</c>.</summary>
    public string ToCause() =>
        ExchangeWorkflow.Json(json =>
        {
            json.WriteString("refusal", Refusal.Text);
            if (AcceptedAt is { } acceptedAt)
            {
                json.WriteString("acceptedAt", Timestamp.Format(acceptedAt));
            }
        });

    /// <summary>Reads a cause: JSON, or the token alone as executions have it that waited through an update of this application.</summary>
    public static AcceptedRefusal Parse(string cause)
    {
        if (!cause.StartsWith('{'))
        {
            return new AcceptedRefusal(EvidenceToken.Parse(cause), null);
        }

        using var json = JsonDocument.Parse(cause);
        return new AcceptedRefusal(
            EvidenceToken.Parse(json.RootElement.GetProperty("refusal").GetString() ?? ""),
            json.RootElement.TryGetProperty("acceptedAt", out var at) ? Timestamp.Parse(at.GetString() ?? "") : null
        );
    }
}
