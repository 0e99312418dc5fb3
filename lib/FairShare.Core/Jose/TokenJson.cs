using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FairShare.Core.Jose;

/// <summary>Writes the JSON of tokens.</summary>
internal static class TokenJson
{
    // Names stay readable for who decodes a token by hand; nothing here goes into HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One object, in UTF-8.</summary>
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
}
