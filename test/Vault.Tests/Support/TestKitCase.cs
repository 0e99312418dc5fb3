using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace FairShare.Vault.Tests.Support;

/// <summary>One case of the test kit of the age format: lines of <c>key: value</c>, an empty line, and the file.</summary>
internal sealed record TestKitCase(string Name, IReadOnlyDictionary<string, string> Values, byte[] File)
{
    // What a case is about stands before the first underscore of its name.
    private static readonly string[] GroupsForAnyRecipient = ["empty", "header", "hmac", "stanza", "stream", "version"];

    public string Expected => Values["expect"];

    public byte[] FileKey => Convert.FromHexString(Values["file key"]);

    public string? Passphrase => Values.GetValueOrDefault("passphrase");

    /// <summary>SHA-256 of what may be released, in hexadecimal; null where nothing is.</summary>
    public string? Payload => Values.GetValueOrDefault("payload");

    /// <summary>
    /// Whether the file is in ASCII armor, which the vault does not read: its objects are binary, and so are those it accepts.
    /// </summary>
    public bool IsArmored => Values.ContainsKey("armored");

    /// <summary>
    /// Whether the case tests grammar, MAC or payload, so that the file key tells everything, whoever the recipients are.
    /// </summary>
    public bool IsForAnyRecipient => !IsArmored && Passphrase is null && GroupsForAnyRecipient.Contains(Name.Split('_')[0]);

    /// <summary>The folder of the kit beside the project; null where there is none.</summary>
    public static string? Folder { get; } = FindFolder(AppContext.BaseDirectory);

    public static IReadOnlyList<TestKitCase> All { get; } =
        Folder is null
            ? []
            : [.. Directory.GetFiles(Folder).Where(path => Path.GetExtension(path) != ".md").Order(StringComparer.Ordinal).Select(Read)];

    public static string HashOf(byte[] released) => Convert.ToHexStringLower(SHA256.HashData(released));

    private static TestKitCase Read(string path)
    {
        var bytes = System.IO.File.ReadAllBytes(path);
        var end = bytes.AsSpan().IndexOf("\n\n"u8);
        var values = Encoding
            .UTF8.GetString(bytes, 0, end)
            .Split('\n')
            .Select(line => line.Split(": ", 2))
            .GroupBy(pair => pair[0], pair => pair[1])
            .ToDictionary(group => group.Key, group => group.First());
        var file = bytes[(end + 2)..];
        return new(Path.GetFileName(path), values, values.ContainsKey("compressed") ? Inflate(file) : file);
    }

    private static byte[] Inflate(byte[] bytes)
    {
        using var inflated = new MemoryStream();
        using var zlib = new ZLibStream(new MemoryStream(bytes), CompressionMode.Decompress);
        zlib.CopyTo(inflated);
        return inflated.ToArray();
    }

    private static string? FindFolder(string? start)
    {
        for (var folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var kit = Path.Combine(folder, "..", "shared", "data", "age-testkit");
            if (System.IO.File.Exists(Path.Combine(folder, "FairShare.Serverless.sln")))
            {
                return Directory.Exists(kit) ? kit : null;
            }
        }

        return null;
    }
}
