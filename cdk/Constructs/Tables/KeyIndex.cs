using Amazon.CDK.AWS.DynamoDB;
using FairShare.Aws.Table;

namespace FairShare.Cdk.Constructs.Tables;

/// <summary>An index of keys alone, by which items are listed.</summary>
internal static class KeyIndex
{
    public static GlobalSecondaryIndexProps Of(TableIndex index) =>
        new()
        {
            IndexName = index.Name,
            PartitionKey = KeyAttribute.Text(index.PartitionKey),
            SortKey = KeyAttribute.Text(index.SortKey),
            ProjectionType = ProjectionType.KEYS_ONLY,
        };
}
