using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using FairShare.Protocol.Digests;
using FairShare.Protocol.Identifiers;
using FairShare.Protocol.Keys;

namespace FairShare.Protocol.Evidence;

/// <summary>Writes header and payload octets; with <see cref="StatementReader"/> the one owner of the format.</summary>
internal static class StatementWriter
{
    // Names stay readable for who decodes a token by hand; nothing here goes into HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Header(string type, KeyId key) =>
        Write(json =>
        {
            json.WriteString("alg", "ES256");
            json.WriteString("kid", key.ToString());
            json.WriteString("typ", type);
        });

    public static byte[] Payload(EvidenceStatement statement) =>
        Write(json =>
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

    public static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteDocument(Utf8JsonWriter json, DocumentDescription document)
    {
        json.WriteStartObject("doc");
        json.WriteString("id", document.Id.ToString());
        json.WriteString("version", document.Version.ToString());
        json.WriteString("name", document.Name.ToString());
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
