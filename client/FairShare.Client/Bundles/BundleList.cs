using System.Text.Json;
using System.Text.Json.Serialization;
using FairShare.Contracts;
using FairShare.Core.Digests;

namespace FairShare.Client.Bundles;

/// <summary>A file of a bundle.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Sha256">SHA-256 of its content, 43 characters of base64url.</param>
internal sealed record BundledFile(string Path, long Size, string Sha256);

/// <summary>What a bundle consists of, its <c>bundle.json</c>: every other file, in the order of the octets of their paths.</summary>
/// <param name="Format">The format, <see cref="FormatName"/>.</param>
/// <param name="Store">The store.</param>
/// <param name="Exchange">The exchange.</param>
/// <param name="Files">The files.</param>
internal sealed record BundleList(string Format, string Store, string Exchange, IReadOnlyList<BundledFile> Files)
{
    /// <summary>The list's own path.</summary>
    public const string Path = "bundle.json";

    /// <summary>The format, with its version.</summary>
    public const string FormatName = "urn:fairshare:bundle:1";

    /// <summary>Lists files.</summary>
    public static BundleList Of(string store, string exchange, IReadOnlyDictionary<string, byte[]> files) =>
        new(
            FormatName,
            store,
            exchange,
            [
                .. files
                    .OrderBy(file => file.Key, StringComparer.Ordinal)
                    .Select(file => new BundledFile(file.Key, file.Value.Length, Sha256Digest.Of(file.Value).ToString())),
            ]
        );

    /// <summary>Reads a list, which is written in one way only.</summary>
    /// <returns>The list; null when the text is none.</returns>
    public static BundleList? Read(ReadOnlySpan<byte> text)
    {
        try
        {
            var list = JsonSerializer.Deserialize(text, BundleJson.Strict.TypeOf<BundleList>());
            return list is not null && list.IsPlain() && text.SequenceEqual(list.Write()) ? list : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The list as it stands in a bundle.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, BundleJson.Strict.TypeOf<BundleList>());

    /// <summary>What is wrong with the files that came with the list; null when nothing is.</summary>
    public string? FindFault(IReadOnlyDictionary<string, byte[]> files)
    {
        var listed = Files.Select(file => file.Path).ToList();
        return listed.Where((path, index) => index > 0 && string.CompareOrdinal(listed[index - 1], path) >= 0).FirstOrDefault()
                is { } misplaced
                ? $"{misplaced} stands in the wrong place of the list"
            : files.Keys.FirstOrDefault(path => path != Path && !listed.Contains(path)) is { } unlisted ? $"{unlisted} is not listed"
            : Files.Select(file => FindFault(file, files)).FirstOrDefault(fault => fault is not null);
    }

    // Nothing that one writer of JSON would escape and another would not.
    private bool IsPlain() =>
        Format == FormatName
        && IsPlain(Store)
        && IsPlain(Exchange)
        && Files.All(file =>
            file is not null && file.Size is >= 0 and <= BundleArchive.MaxBytes && IsPlain(file.Path) && IsPlain(file.Sha256)
        );

    private static bool IsPlain(string text) =>
        text.All(symbol => char.IsAsciiLetterOrDigit(symbol) || symbol is '.' or '_' or '-' or '/' or ':');

    private static string? FindFault(BundledFile file, IReadOnlyDictionary<string, byte[]> files) =>
        !BundlePaths.IsKnown(file.Path) ? $"{file.Path} is no file of a bundle"
        : !files.TryGetValue(file.Path, out var content) ? $"{file.Path} is missing"
        : content.Length != file.Size ? $"{file.Path} has {content.Length} bytes instead of {file.Size}"
        : Sha256Digest.Of(content).ToString() != file.Sha256 ? $"{file.Path} has another hash than the list says"
        : null;
}

/// <summary>The JSON of bundles.</summary>
[JsonSerializable(typeof(BundleList))]
internal sealed partial class BundleJson : JsonSerializerContext
{
    /// <summary>Nothing unknown, and nothing twice.</summary>
    public static JsonSerializerOptions Strict { get; } = ContractJson.LenientOf(new BundleJson());
}
