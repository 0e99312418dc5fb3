using Amazon.CDK.AWS.DynamoDB;
using Attribute = Amazon.CDK.AWS.DynamoDB.Attribute;

namespace FairShare.Cdk.Constructs.Tables;

/// <summary>An attribute that is part of a table's or an index's key.</summary>
internal static class KeyAttribute
{
    /// <summary>One that is text, as all are.</summary>
    public static Attribute Text(string name) => new() { Name = name, Type = AttributeType.STRING };
}
