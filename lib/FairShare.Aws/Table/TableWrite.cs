using Amazon.DynamoDBv2.Model;

namespace FairShare.Aws.Table;

/// <summary>One write of a transaction.</summary>
internal abstract record TableWrite
{
    public abstract TransactWriteItem ToTransactItem(string table);

    /// <summary>Puts an item that must not exist yet.</summary>
    public sealed record Create(Item Item) : TableWrite
    {
        public override TransactWriteItem ToTransactItem(string table) =>
            new()
            {
                Put = new Put
                {
                    TableName = table,
                    Item = Item.Attributes,
                    ConditionExpression = "attribute_not_exists(pk)",
                },
            };
    }

    /// <summary>Puts an item that does not exist yet, or has the same value of an attribute.</summary>
    public sealed record Claim(Item Item, string Attribute) : TableWrite
    {
        public override TransactWriteItem ToTransactItem(string table) =>
            new()
            {
                Put = new Put
                {
                    TableName = table,
                    Item = Item.Attributes,
                    ConditionExpression = "attribute_not_exists(pk) OR #attribute = :value",
                    ExpressionAttributeNames = new() { ["#attribute"] = Attribute },
                    ExpressionAttributeValues = new() { [":value"] = Item.Attributes[Attribute] },
                },
            };
    }

    /// <summary>Puts an item that does not exist yet, or takes the place of one for which a condition holds.</summary>
    public sealed record Replace(Item Item, string Condition, Dictionary<string, AttributeValue> Values) : TableWrite
    {
        public override TransactWriteItem ToTransactItem(string table) =>
            new()
            {
                Put = new Put
                {
                    TableName = table,
                    Item = Item.Attributes,
                    ConditionExpression = $"attribute_not_exists(pk) OR ({Condition})",
                    ExpressionAttributeValues = Values,
                },
            };
    }

    /// <summary>Deletes an item; one that does not exist is not missed.</summary>
    public sealed record Remove(ItemKey Key) : TableWrite
    {
        public override TransactWriteItem ToTransactItem(string table) =>
            new()
            {
                Delete = new Delete { TableName = table, Key = Key.ToAttributes() },
            };
    }

    /// <summary>Deletes an item for which a condition must hold.</summary>
    public sealed record Consume(ItemKey Key, string Condition, Dictionary<string, AttributeValue> Values) : TableWrite
    {
        public override TransactWriteItem ToTransactItem(string table) =>
            new()
            {
                Delete = new Delete
                {
                    TableName = table,
                    Key = Key.ToAttributes(),
                    ConditionExpression = Condition,
                    ExpressionAttributeValues = Values,
                },
            };
    }

    /// <summary>Changes an item for which a condition must hold.</summary>
    public sealed record Change(ItemKey Key, string Update, string Condition, Dictionary<string, AttributeValue> Values) : TableWrite
    {
        public override TransactWriteItem ToTransactItem(string table) =>
            new()
            {
                Update = new Update
                {
                    TableName = table,
                    Key = Key.ToAttributes(),
                    UpdateExpression = Update,
                    ConditionExpression = Condition,
                    ExpressionAttributeValues = Values,
                },
            };
    }
}
