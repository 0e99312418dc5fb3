using Amazon.DynamoDBv2.Model;

namespace FairShare.Aws.Table;

/// <summary>The primary key of an item; each folder of this library makes those of its own items.</summary>
internal readonly record struct ItemKey(string Partition, string Sort)
{
    /// <summary>What stands behind the kind in the partition key, for example the exchange's id.</summary>
    public string PartitionId => Partition[(Partition.IndexOf('#', StringComparison.Ordinal) + 1)..];

    public Dictionary<string, AttributeValue> ToAttributes() =>
        new() { ["pk"] = new AttributeValue(Partition), ["sk"] = new AttributeValue(Sort) };
}
