using System.Text.Json;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;

namespace FairShare.Aws.Exchange;

/// <summary>What a refusal hands to the workflow as the cause of the failed wait.</summary>
/// <param name="Refusal">The verified refusal.</param>
/// <param name="AcceptedAt">When the store accepted it, which the record of it states.</param>
public sealed record AcceptedRefusal(EvidenceToken Refusal, DateTimeOffset AcceptedAt)
{
    /// <summary>The cause: JSON of <c>refusal</c> and <c>acceptedAt</c>.</summary>
    public string ToCause() =>
        ExchangeWorkflow.Json(json =>
        {
            json.WriteString("refusal", Refusal.Text);
            json.WriteString("acceptedAt", Timestamp.Format(AcceptedAt));
        });

    /// <summary>Reads a cause.</summary>
    public static AcceptedRefusal Parse(string cause)
    {
        using var json = JsonDocument.Parse(cause);
        return new AcceptedRefusal(
            EvidenceToken.Parse(json.RootElement.GetProperty("refusal").GetString() ?? ""),
            Timestamp.Parse(json.RootElement.GetProperty("acceptedAt").GetString() ?? "")
        );
    }
}
