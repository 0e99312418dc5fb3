namespace FairShare.Aws.Tests;

/// <summary>A template with a table of the keys that <see cref="Aws.Table.ItemTable"/> reads by.</summary>
internal static class TestTable
{
    public const string Name = "items";

    public const string Template = """
        { "Resources": { "Items": { "Type": "AWS::DynamoDB::Table", "Properties": {
          "TableName": "items", "BillingMode": "PAY_PER_REQUEST",
          "AttributeDefinitions": [ { "AttributeName": "pk", "AttributeType": "S" }, { "AttributeName": "sk", "AttributeType": "S" } ],
          "KeySchema": [ { "AttributeName": "pk", "KeyType": "HASH" }, { "AttributeName": "sk", "KeyType": "RANGE" } ] } } } }
        """;
}
