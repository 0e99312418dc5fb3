using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Log.Tiles;

namespace FairShare.Aws.Log;

/// <summary>
/// What a batch added to the log, its tokens themselves among it: all that is needed to publish the batch, or to add the next one.
/// </summary>
/// <param name="Before">The head before the batch: size, root and archive.</param>
/// <param name="Size">The size after it.</param>
/// <param name="Root">The root after it.</param>
/// <param name="Tokens">The tokens, in the order of their leaves, of which the first has the index of the size before.</param>
/// <param name="Tiles">Every tile and bundle that is new, and the whole right edge.</param>
public sealed record LogArchive(
    LogHead Before,
    long Size,
    Sha256Digest Root,
    IReadOnlyList<LoggedToken> Tokens,
    IReadOnlyList<TileFile> Tiles
)
{
    /// <summary>What the keys of archives begin with.</summary>
    public const string Prefix = "archive/";

    /// <summary>The archive's key in the log's bucket: in the order of keys the archives stand in the order of sizes.</summary>
    public string Key => $"{Prefix}{Size:D20}-{Convert.ToHexStringLower(Root.ToBytes())}";

    /// <summary>The tokens with the indexes of their leaves.</summary>
    public IEnumerable<(LoggedToken Token, long Index)> Entries => Tokens.Select((token, place) => (token, Before.Size + place));

    /// <summary>The head that commits the batch.</summary>
    public LogHead After => new(Size, Root, Key, Before.Published);

    /// <summary>Adds tokens to a log.</summary>
    /// <param name="head">The log's head, of which everything is published.</param>
    /// <param name="edge">The right edge of the log of that size.</param>
    /// <param name="tokens">One at least.</param>
    public static LogArchive Add(LogHead head, LogEdge edge, IReadOnlyList<LoggedToken> tokens)
    {
        var (after, files) = edge.Add(tokens.Select(token => token.Leaf));
        return new LogArchive(head, after.Size, after.Root(), tokens, [.. files.Concat(after.Files()).DistinctBy(file => file.Address)]);
    }

    /// <summary>The right edge after the batch.</summary>
    /// <exception cref="ProtocolException"><c>invalid-tile</c>: the archive lacks a part of it.</exception>
    public LogEdge Edge()
    {
        var files = Tiles.ToDictionary(file => file.Address, file => file.Content);
        return LogEdge.Read(Size, address => files.GetValueOrDefault(address) ?? []);
    }

    /// <summary>JSON Lines: a head, then a line for each token, then one for each tile.</summary>
    public byte[] Write()
    {
        using var content = new MemoryStream();
        Line(
            new ArchiveLine
            {
                From = Before.Size,
                FromRoot = Before.Root.ToString(),
                Previous = Before.Archive,
                Size = Size,
                Root = Root.ToString(),
            }
        );
        foreach (var (token, index) in Entries)
        {
            Line(new ArchiveLine { Index = index, Token = token.Text });
        }

        foreach (var tile in Tiles)
        {
            Line(new ArchiveLine { Tile = tile.Address.ToString(), Content = Convert.ToBase64String(tile.Content) });
        }

        return content.ToArray();

        void Line(ArchiveLine line)
        {
            content.Write(JsonSerializer.SerializeToUtf8Bytes(line, ArchiveJson.Default.ArchiveLine));
            content.WriteByte((byte)'\n');
        }
    }

    /// <summary>Reads an archive.</summary>
    /// <exception cref="ProtocolException"><c>invalid-archive</c>: it is not one.</exception>
    public static LogArchive Read(ReadOnlySpan<byte> content)
    {
        try
        {
            var lines = Encoding
                .UTF8.GetString(content)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize(line, ArchiveJson.Default.ArchiveLine) ?? throw new JsonException("null"))
                .ToList();
            var head = lines[0];
            return new LogArchive(
                new LogHead(head.From ?? 0, Sha256Digest.Parse(head.FromRoot!), head.Previous!, head.From ?? 0),
                head.Size!.Value,
                Sha256Digest.Parse(head.Root!),
                [.. lines.Select(line => line.Token).OfType<string>().Select(text => LoggedToken.Read(text))],
                [.. lines.Where(line => line.Tile is not null).Select(ReadTile)]
            );
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException or InvalidOperationException or FormatException)
        {
            throw new ProtocolException("invalid-archive", "The content is not an archive of the log.");
        }
    }

    private static TileFile ReadTile(ArchiveLine line) =>
        TileAddress.TryParse(line.Tile, out var address)
            ? new TileFile(address, Convert.FromBase64String(line.Content ?? ""))
            : throw new FormatException("No tile.");
}

/// <summary>A line of an archive; of its members those that its kind of line has.</summary>
internal sealed record ArchiveLine
{
    public long? From { get; init; }

    public string? FromRoot { get; init; }

    public string? Previous { get; init; }

    public long? Size { get; init; }

    public string? Root { get; init; }

    public long? Index { get; init; }

    public string? Token { get; init; }

    public string? Tile { get; init; }

    public string? Content { get; init; }
}

/// <summary>The JSON of archives.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ArchiveLine))]
internal sealed partial class ArchiveJson : JsonSerializerContext;
