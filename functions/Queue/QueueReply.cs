using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FairShare.Protocol.Errors;

namespace FairShare.Functions.Queue;

/// <summary>A message to a party, in answer to one of its own.</summary>
/// <param name="Step">The reply's step: 2, v, 5, a, bind; or e for a refusal.</param>
/// <param name="WriteMessage">Writes the members of <c>message</c>.</param>
internal sealed record QueueReply(string Step, Action<Utf8JsonWriter> WriteMessage)
{
    /// <summary>A reply with the members that the API's answer has.</summary>
    public static QueueReply Of<T>(string step, T answer, JsonTypeInfo<T> type) => new(step, json =>
    {
        using var document = JsonSerializer.SerializeToDocument(answer, type);
        foreach (var member in document.RootElement.EnumerateObject())
        {
            member.WriteTo(json);
        }
    });

    /// <summary>Step e: the protocol refuses the message; its own members are given back, so that the party knows which.</summary>
    public static QueueReply Refusal(ProtocolEnvelope envelope, ProtocolException refused) => new("e", json =>
    {
        json.WriteString("refusedStep", envelope.ProtocolStep);
        json.WriteString("code", refused.Code);
        json.WriteString("detail", refused.Message);
        json.WritePropertyName("message");
        envelope.Message.WriteTo(json);
    });
}
