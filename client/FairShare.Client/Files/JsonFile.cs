namespace FairShare.Client.Files;

/// <summary>Reads files of JSON, which editors may have begun with a byte order mark.</summary>
internal static class JsonFile
{
    /// <summary>The text's bytes, without the mark.</summary>
    public static ReadOnlySpan<byte> Read(string path)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(path);
        return bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
    }
}
