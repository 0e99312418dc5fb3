using System.Buffers;
using System.Text.Json;

namespace FairShare.Client.Files;

/// <summary>JSON that people read.</summary>
internal static class JsonText
{
    public static byte[] Indented(JsonElement element)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            element.WriteTo(writer);
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }
}
