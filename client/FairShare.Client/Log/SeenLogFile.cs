using System.Text.Json;
using System.Text.Json.Serialization;
using FairShare.Client.Files;
using FairShare.Contracts;
using FairShare.Core.Errors;
using FairShare.Log.Tiles;

namespace FairShare.Client.Log;

/// <summary>What a monitor has seen, in a file.</summary>
/// <param name="path">The file.</param>
public sealed class SeenLogFile(string path)
{
    /// <summary>Reads the file; nothing was seen where there is none.</summary>
    /// <exception cref="ProtocolException"><c>invalid-monitor-state</c>: it is not such a file.</exception>
    public SeenLog Read()
    {
        if (!File.Exists(path))
        {
            return SeenLog.Nothing;
        }

        try
        {
            var state =
                JsonSerializer.Deserialize(File.ReadAllBytes(path), SeenLogJson.Lenient.TypeOf<SeenLogState>())
                ?? throw new JsonException("null");
            var edge = LogEdge.Read(
                state.Size,
                address => state.Tiles.TryGetValue(address.ToString(), out var content) ? Convert.FromBase64String(content) : []
            );
            return new SeenLog(edge, state.Note, state.Sightings);
        }
        catch (Exception fault) when (fault is JsonException or FormatException or ProtocolException)
        {
            throw new ProtocolException("invalid-monitor-state", "The monitor's file cannot be read; what it had seen is lost without it.");
        }
    }

    /// <summary>Writes the file whole, or not at all.</summary>
    /// <exception cref="FolderProblem">It cannot be written.</exception>
    public void Write(SeenLog seen)
    {
        var tiles = seen.Edge.Files().ToDictionary(file => file.Address.ToString(), file => Convert.ToBase64String(file.Content));
        var state = new SeenLogState(seen.Edge.Size, seen.Note, tiles, seen.Sightings);
        PrivateFile.Write(Path.GetFullPath(path), JsonSerializer.SerializeToUtf8Bytes(state, SeenLogJson.Lenient.TypeOf<SeenLogState>()));
    }
}

/// <summary>The file's content.</summary>
internal sealed record SeenLogState(long Size, string Note, IReadOnlyDictionary<string, string> Tiles, IReadOnlyList<Sighting> Sightings);

/// <summary>The file's JSON.</summary>
[JsonSerializable(typeof(SeenLogState))]
internal sealed partial class SeenLogJson : JsonSerializerContext
{
    /// <summary>As every file of the client is read and written.</summary>
    public static JsonSerializerOptions Lenient { get; } = ContractJson.LenientOf(new SeenLogJson());
}
