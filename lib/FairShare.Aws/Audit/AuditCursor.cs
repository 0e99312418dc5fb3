using System.Text.Json;
using System.Text.Json.Serialization;
using FairShare.Audit.Runs;
using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Log.Tiles;

namespace FairShare.Aws.Audit;

/// <summary>How far the scheduled audits have come.</summary>
/// <param name="Edge">The right edge of what of the log was read twice: the next audit begins there.</param>
/// <param name="SeenSize">How much of the log was read at least once.</param>
/// <param name="SeenRoot">The root of that size.</param>
/// <param name="Swept">Where the sweep through the table stands; null at its beginning.</param>
/// <param name="Open">The exchanges that had no ending yet, with their deadlines.</param>
public sealed record AuditCursor(
    LogEdge Edge,
    long SeenSize,
    Sha256Digest SeenRoot,
    SweepPosition? Swept,
    IReadOnlyDictionary<string, DateTimeOffset> Open
)
{
    /// <summary>Before the first audit.</summary>
    public static AuditCursor Start { get; } =
        new(AuditScope.Whole.Edge, 0, AuditScope.Whole.SeenRoot, null, new Dictionary<string, DateTimeOffset>());

    /// <summary>The cursor as JSON.</summary>
    public byte[] Write() =>
        JsonSerializer.SerializeToUtf8Bytes(
            new AuditCursorState(
                Edge.Size,
                Edge.Files().ToDictionary(file => file.Address.ToString(), file => Convert.ToBase64String(file.Content)),
                SeenSize,
                SeenRoot.ToString(),
                Swept?.Partition,
                Swept?.Sort,
                Open
            ),
            AuditCursorJson.Default.AuditCursorState
        );

    /// <summary>Reads a cursor.</summary>
    /// <exception cref="ProtocolException"><c>invalid-audit-cursor</c>: it is none.</exception>
    public static AuditCursor Read(ReadOnlySpan<byte> content)
    {
        try
        {
            var state = JsonSerializer.Deserialize(content, AuditCursorJson.Default.AuditCursorState) ?? throw new JsonException("null");
            if (state.Size < 0 || state.SeenSize < state.Size)
            {
                throw new FormatException("Sizes go up.");
            }

            return new AuditCursor(
                LogEdge.Read(
                    state.Size,
                    address => state.Tiles.TryGetValue(address.ToString(), out var tile) ? Convert.FromBase64String(tile) : []
                ),
                state.SeenSize,
                Sha256Digest.Parse(state.SeenRoot),
                state is { SweptPartition: { } partition, SweptSort: { } sort } ? new SweepPosition(partition, sort) : null,
                state.Open
            );
        }
        catch (Exception fault) when (fault is JsonException or FormatException or ProtocolException)
        {
            throw new ProtocolException(
                "invalid-audit-cursor",
                "What the last audit left cannot be read; without it all is audited again."
            );
        }
    }
}

/// <summary>The cursor's members.</summary>
internal sealed record AuditCursorState(
    long Size,
    Dictionary<string, string> Tiles,
    long SeenSize,
    string SeenRoot,
    string? SweptPartition,
    string? SweptSort,
    IReadOnlyDictionary<string, DateTimeOffset> Open
);

/// <summary>The cursor's JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(AuditCursorState))]
internal sealed partial class AuditCursorJson : JsonSerializerContext;
