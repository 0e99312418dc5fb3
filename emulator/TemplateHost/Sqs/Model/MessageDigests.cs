using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace TemplateHost.Sqs.Model;

/// <summary>The MD5 digests by which SQS clients check what was sent and received.</summary>
internal static class MessageDigests
{
#pragma warning disable CA5351 // The protocol has MD5; it guards against accidents only.
    public static string OfBody(string body) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(body)));

    /// <summary>
    /// Over the attributes in the order of their names: name, type, a byte for the kind of value, value, each with its length.
    /// </summary>
    public static string? OfAttributes(JsonObject? attributes)
    {
        if (attributes is null || attributes.Count == 0)
        {
            return null;
        }

        using var buffer = new MemoryStream();
        foreach (var (name, node) in attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal))
        {
            var type = node!["DataType"]!.GetValue<string>();
            var isBinary = type.StartsWith("Binary", StringComparison.Ordinal);
            Append(buffer, Encoding.UTF8.GetBytes(name));
            Append(buffer, Encoding.UTF8.GetBytes(type));
            buffer.WriteByte(isBinary ? (byte)2 : (byte)1);
            Append(
                buffer,
                isBinary
                    ? Convert.FromBase64String(node["BinaryValue"]!.GetValue<string>())
                    : Encoding.UTF8.GetBytes(node["StringValue"]!.GetValue<string>())
            );
        }

        return Convert.ToHexStringLower(MD5.HashData(buffer.ToArray()));
    }
#pragma warning restore CA5351

    private static void Append(MemoryStream buffer, byte[] value)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, value.Length);
        buffer.Write(length);
        buffer.Write(value);
    }
}
