using System.Text.Json.Serialization;

namespace FairShare.Functions.Streams;

/// <summary>A batch of a table's stream, as Lambda hands it over.</summary>
internal sealed record TableChanges(IReadOnlyList<TableChange> Records);

/// <summary>A change of one item.</summary>
/// <param name="EventName">INSERT, MODIFY or REMOVE.</param>
/// <param name="Dynamodb">Which item.</param>
/// <param name="UserIdentity">Given where DynamoDB itself removed the item because its time was over.</param>
internal sealed record TableChange(string EventName, ChangedItem Dynamodb, ChangeAuthor? UserIdentity = null)
{
    public bool IsInsertion => EventName == "INSERT";

    public bool IsRemoval => EventName == "REMOVE";

    public bool IsByTime => UserIdentity is { PrincipalId: "dynamodb.amazonaws.com" };
}

/// <summary>An item's keys, and the change's place in the stream.</summary>
/// <param name="Keys">The keys.</param>
/// <param name="SequenceNumber">The place.</param>
/// <param name="ApproximateCreationDateTime">
/// When the change was made: seconds since 1970, at AWS to the second; null in an event that `log backfill` wrote.
/// </param>
/// <param name="NewImage">The item as it stands after the change, where the stream has images.</param>
internal sealed record ChangedItem(
    ChangedKeys Keys,
    string SequenceNumber,
    double? ApproximateCreationDateTime = null,
    IReadOnlyDictionary<string, ChangedAttribute>? NewImage = null
)
{
    /// <summary>When the change was made; null where nobody knows.</summary>
    public DateTimeOffset? At => ApproximateCreationDateTime is { } seconds ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null;

    /// <summary>The text of an attribute; null where the item has no such text.</summary>
    public string? Text(string attribute) => NewImage is { } image && image.TryGetValue(attribute, out var value) ? value.S : null;
}

/// <summary>Both keys are texts.</summary>
internal sealed record ChangedKeys(ChangedText Pk, ChangedText Sk);

/// <summary>A text.</summary>
internal sealed record ChangedText(string S);

/// <summary>An attribute of an item.</summary>
/// <param name="S">Its text; null where it is none.</param>
internal sealed record ChangedAttribute(string? S = null);

/// <summary>Who made a change.</summary>
internal sealed record ChangeAuthor(string? PrincipalId);

/// <summary>The JSON of streams: names in both cases.</summary>
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TableChanges))]
internal sealed partial class TableChangesJson : JsonSerializerContext;
