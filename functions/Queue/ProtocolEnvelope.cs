using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using FairShare.Core.Identifiers;
using FairShare.Functions.Http;

namespace FairShare.Functions.Queue;

/// <summary>The seed's message: <c>{"protocolStep", "userId", "message"}</c>.</summary>
/// <param name="ProtocolStep">The step; the seed writes some as numbers.</param>
/// <param name="UserId">Whom the sender says that it speaks for; believed only if the sender is bound to that party.</param>
/// <param name="Message">The step's own members, which are read when it is known whom to answer.</param>
internal sealed record ProtocolEnvelope(
    [property: JsonConverter(typeof(StepConverter))] string ProtocolStep,
    string UserId,
    JsonElement Message
)
{
    // The envelope's own members stand at depth one.
    private const int Depth = 1;

    public PartyId Party => PartyId.Parse(UserId);

    public static ProtocolEnvelope Read(string body) =>
        StrictJson.Read(Encoding.UTF8.GetBytes(body), QueueJson.Default.ProtocolEnvelope, Depth);
}

/// <summary>A step as text, whether it was written as text or as a number.</summary>
internal sealed class StepConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
            JsonTokenType.String => reader.GetString() ?? "",
            _ => throw new JsonException("protocolStep is a text or a number."),
        };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
