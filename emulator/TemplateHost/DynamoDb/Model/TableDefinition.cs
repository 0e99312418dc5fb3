using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace TemplateHost.DynamoDb.Model;

/// <summary>A table as it was declared.</summary>
internal sealed record TableDefinition(
    string Name,
    string Arn,
    string TableId,
    DateTimeOffset CreatedAt,
    KeySchema Keys,
    IReadOnlyDictionary<string, string> AttributeTypes,
    IReadOnlyList<IndexDefinition> Indexes,
    string? TimeToLiveAttribute,
    string? StreamViewType,
    string? StreamLabel,
    bool DeletionProtection
)
{
    [JsonIgnore]
    public string? StreamArn => StreamLabel is null ? null : $"{Arn}/stream/{StreamLabel}";

    /// <summary>How it is billed, encrypted and classed: all of it is shown again, and changes nothing in what the table does.</summary>
    public TableSettings Settings { get; init; } = TableSettings.Default;

    /// <summary>The table's own policy; null when it has none.</summary>
    public JsonObject? ResourcePolicy { get; init; }

    /// <summary>From when on the table can be used; before, it is being created. Null: at once.</summary>
    public DateTimeOffset? ActiveFrom { get; init; }

    public bool IsActive(DateTimeOffset now) => !(ActiveFrom > now);

    public IndexDefinition? Index(string name) => Indexes.FirstOrDefault(index => index.Name == name);

    public static TableDefinition Parse(string json) => JsonSerializer.Deserialize<TableDefinition>(json)!;

    public string ToJson() => JsonSerializer.Serialize(this);
}

/// <param name="Hash">The partition key's attribute.</param>
/// <param name="Range">The sort key's attribute, if there is one.</param>
internal sealed record KeySchema(string Hash, string? Range)
{
    [JsonIgnore]
    public IReadOnlyList<string> Attributes => Range is null ? [Hash] : [Hash, Range];
}

/// <param name="Projection">ALL, KEYS_ONLY or INCLUDE.</param>
/// <param name="Included">Non-key attributes that INCLUDE projects.</param>
/// <param name="IsLocal">A local index shares the table's partition key and is read consistently.</param>
internal sealed record IndexDefinition(string Name, KeySchema Keys, string Projection, IReadOnlyList<string> Included, bool IsLocal)
{
    /// <summary>Null for an index of a table that is billed by request.</summary>
    public Throughput? Throughput { get; init; }

    /// <summary>What of an item the index holds; null when the item lacks a key of the index.</summary>
    public Item? Project(Item item, KeySchema tableKeys) =>
        !Keys.Attributes.All(item.Attributes.ContainsKey) ? null
        : Projection == "ALL" ? item
        : item.Only([.. tableKeys.Attributes, .. Keys.Attributes, .. Included]);
}

/// <summary>How a table is billed, encrypted and classed.</summary>
/// <param name="Throughput">What was provisioned; null for a table that is billed by request.</param>
/// <param name="IsEncryptedByKms">Whether a key of KMS encrypts the table, and not one of DynamoDB's own.</param>
/// <param name="Class">STANDARD or STANDARD_INFREQUENT_ACCESS; null where none was named.</param>
internal sealed record TableSettings(Throughput? Throughput, bool IsEncryptedByKms, string? Class)
{
    public static TableSettings Default { get; } = new(null, IsEncryptedByKms: false, null);
}

/// <summary>Units a second.</summary>
internal sealed record Throughput(long Read, long Write);
