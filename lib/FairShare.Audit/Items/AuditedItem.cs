using System.Text.Json;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Exchange.KeyRecords;

namespace FairShare.Audit.Items;

/// <summary>An item of the evidence table, as an export of it has it.</summary>
/// <param name="Partition">Its <c>pk</c>.</param>
/// <param name="Sort">Its <c>sk</c>.</param>
/// <param name="Texts">Its attributes that are texts or numbers.</param>
public sealed record AuditedItem(string Partition, string Sort, IReadOnlyDictionary<string, string> Texts)
{
    /// <summary>
    /// The attributes that are tokens, in the order in which an item's tokens enter the log. An attribute that an item lacks, or that is
    /// empty, is none.
    /// </summary>
    public static IReadOnlyList<string> TokenAttributes { get; } =
    ["certificate", "retirementRecord", "succession", "acceptance", "origin", "challenge", "receipt", "release", "refusal", "record"];

    /// <summary>Every attribute that an audit looks at: no others need be read. None of them ends an open exchange.</summary>
    public static IReadOnlyList<string> Attributes { get; } =
    [
        "pk",
        "sk",
        .. TokenAttributes,
        "documentId",
        "endedAt",
        "holder",
        "index",
        "jwk",
        "listedAt",
        "notAfter",
        "notBefore",
        "openedAt",
        "retiredAt",
        "state",
        "verifierKey",
        "withdrawnAt",
    ];

    /// <summary>The line that it was read from; empty where it was read otherwise.</summary>
    public string Line { get; init; } = "";

    /// <summary>The tokens that it holds, each of which the log must have, by their attributes.</summary>
    public IEnumerable<(string Name, string Text)> Tokens =>
        Sort is "DEPOSIT" or "WITHDRAWAL" or "EXCHANGE" or "ENDING" || Sort.StartsWith("KEY#", StringComparison.Ordinal)
            ? TokenAttributes.Where(name => this[name] is not null).Select(name => (name, this[name]!))
            : [];

    /// <summary>An attribute; null where the item lacks it, or it is empty.</summary>
    public string? this[string name] => Texts.TryGetValue(name, out var text) && text.Length > 0 ? text : null;

    /// <summary>What stands behind the kind in the partition key.</summary>
    public string Id => Partition[(Partition.IndexOf('#', StringComparison.Ordinal) + 1)..];

    /// <summary>
    /// When one of its tokens was made: of a record of a key what it says itself, of any other token what the item says; null where neither
    /// says it.
    /// </summary>
    public string? MadeAt(string token)
    {
        if (!Sort.StartsWith("KEY#", StringComparison.Ordinal))
        {
            return this["withdrawnAt"] ?? this["endedAt"] ?? this["openedAt"] ?? this["listedAt"];
        }

        try
        {
            return Timestamp.Format(KeyRecordToken.Parse(token).Record.Gen);
        }
        catch (TokenException)
        {
            return null;
        }
    }

    /// <summary>Reads a line of DynamoDB's JSON: an item, alone or as the member <c>Item</c> of an export to S3.</summary>
    /// <exception cref="ProtocolException"><c>invalid-export</c>: it is no item.</exception>
    public static AuditedItem Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            var item = root.TryGetProperty("Item", out var exported) ? exported : root;
            var texts = new Dictionary<string, string>();
            foreach (var attribute in item.EnumerateObject())
            {
                if (attribute.Value.TryGetProperty("S", out var text) || attribute.Value.TryGetProperty("N", out text))
                {
                    texts[attribute.Name] = text.GetString() ?? "";
                }
            }

            return new AuditedItem(texts["pk"], texts["sk"], texts) { Line = line };
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ProtocolException("invalid-export", "A line of the table's export is not an item in DynamoDB's JSON.");
        }
    }
}
