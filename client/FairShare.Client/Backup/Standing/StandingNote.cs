using System.Text.Json.Serialization;
using FairShare.Contracts.Standing;

namespace FairShare.Client.Backup.Standing;

/// <summary>What a profile notes of work that it has handed over.</summary>
/// <param name="Id">The work's id.</param>
/// <param name="Coordinator">The address of the coordinator's API.</param>
/// <param name="GivenAt">When it was handed over.</param>
/// <param name="Work">What was handed over.</param>
/// <param name="Peers">The names of the peers 1 to n; an empty text for one that is not known.</param>
/// <param name="Roots">The roots that their bodies must have; none for work that proves nothing.</param>
public sealed record StandingNote(
    string Id,
    string Coordinator,
    DateTimeOffset GivenAt,
    StandingWork Work,
    IReadOnlyList<string> Peers,
    IReadOnlyList<string> Roots
);

/// <summary>The JSON of these notes.</summary>
[JsonSerializable(typeof(StandingNote))]
internal sealed partial class StandingNoteJson : JsonSerializerContext;
