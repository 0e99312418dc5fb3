using System.Text.Json;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Core.Jose;
using FairShare.Core.Keys;

namespace FairShare.Exchange.Evidence;

/// <summary>Writes payload octets; with <see cref="StatementReader"/> the one owner of the format.</summary>
internal static class StatementWriter
{
    public static byte[] Payload(EvidenceStatement statement) =>
        TokenJson.Write(json =>
        {
            json.WriteNumber("ver", EvidenceStatement.FormatVersion);
            WriteOptional(json, "id", statement.Id);
            json.WriteString("event", statement.Kind.EventUri(statement.Policy));
            json.WriteString("pol", statement.Policy.Uri());
            json.WriteString("orig", statement.Origin.ToString());
            WriteList(json, "rcpt", statement.Recipients);
            json.WriteString("ttp", statement.Store.ToString());
            WriteOptional(json, "exch", statement.Exchange);
            WriteDocument(json, statement.Document);
            WriteOptional(json, "salt", statement.Salt);
            WriteOptional(json, "disclose", statement.DisclosesDigest ? Disclosure.Digest : null);
            if (statement.References.Count > 0)
            {
                WriteList(json, "ref", statement.References);
            }

            WriteOptional(json, "nonce", statement.Nonce);
            WriteOptional(json, "gen", Text(statement.Gen));
            WriteOptional(json, "due", Text(statement.Due));
            WriteOptional(json, "hold", statement.Hold?.Name());
            WriteOptional(json, "reason", statement.Reason);
        });

    private static void WriteDocument(Utf8JsonWriter json, DocumentDescription document)
    {
        json.WriteStartObject("doc");
        json.WriteString("id", document.Id.ToString());
        json.WriteString("version", document.Version.ToString());
        json.WriteText("name", document.Name.ToString());
        json.WriteString("type", document.Type.ToString());
        json.WriteNumber("size", document.Size);
        json.WriteString("method", document.Form.Method.Name());
        if (document.Form.PartSize is { } partSize)
        {
            json.WriteNumber("partSize", partSize);
        }

        WriteOptional(json, "digest", document.Digest?.Value);
        WriteOptional(json, "commitment", document.Commitment);
        json.WriteEndObject();
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> values)
        where T : struct
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value.ToString());
        }

        json.WriteEndArray();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, object? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value.ToString());
        }
    }

    private static string? Text(DateTimeOffset? time) => time is { } value ? Timestamp.Format(value) : null;
}
