using System.Text.Json;
using FairShare.Core.Encoding;
using FairShare.Core.Jose;

namespace FairShare.Backup.Records;

/// <summary>The payloads of records: one JSON object, the members in the order of their kind.</summary>
internal static class RecordJson
{
    public static byte[] Write(RecordKind kind, IReadOnlyDictionary<string, object> values) =>
        TokenJson.Write(json =>
        {
            foreach (var (name, _, _) in RecordShape.Of(kind))
            {
                if (values.TryGetValue(name, out var value))
                {
                    Write(json, name, value);
                }
            }
        });

    /// <exception cref="Core.Errors.TokenException">It is no such object.</exception>
    public static Dictionary<string, object> Read(RecordKind kind, ReadOnlySpan<byte> payload)
    {
        var members = JsonMembers.Parse(payload, "");
        var values = new Dictionary<string, object>();
        foreach (var (name, type, _) in RecordShape.Of(kind))
        {
            object? value = type switch
            {
                MemberType.Number => members.OptionalInteger(name),
                MemberType.Texts => members.OptionalTexts(name),
                _ => members.OptionalText(name),
            };
            if (value is not null)
            {
                values[name] = value;
            }
        }

        members.RefuseOthers();
        RecordShape.Require(kind, values);
        return values["ver"] is (long)RecordShape.FormatVersion ? values : throw RecordMembers.Invalid("ver");
    }

    private static void Write(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case long number:
                json.WriteNumber(name, number);
                break;
            case IReadOnlyList<string> texts:
                json.WriteStartArray(name);
                foreach (var text in texts)
                {
                    json.WriteStringValue(text);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteText(name, (string)value);
                break;
        }
    }
}
