using System.Buffers;
using System.Text;
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

    /// <summary>
    /// A member with free text, written as RFC 8785, section 3.2.2.2, and JavaScript's <c>JSON.stringify</c> do: what the framework's
    /// encoder escapes changes with the version of Unicode that it knows, and tokens must read alike for ever.
    /// </summary>
    /// <param name="json">What is written to.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="value">Its value, without control characters and unpaired surrogates.</param>
    public static void WriteText(this Utf8JsonWriter json, string name, string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (var symbol in value)
        {
            text.Append(symbol is '"' or '\\' ? "\\" : "").Append(symbol);
        }

        json.WritePropertyName(name);
        json.WriteRawValue(text.Append('"').ToString());
    }
}
