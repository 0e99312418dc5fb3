using System.Text.Json.Nodes;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.DynamoDb;

/// <summary>
/// What policies see of a call of DynamoDB, by role and by the table's own: the keys that it names, and what it asks of items.
/// </summary>
public sealed class TableRightsTests : IAsyncLifetime
{
    private const string Resources = """
        "Table": { "Type": "AWS::DynamoDB::Table", "Properties": {
          "TableName": "rights", "BillingMode": "PAY_PER_REQUEST",
          "AttributeDefinitions": [ { "AttributeName": "pk", "AttributeType": "S" }, { "AttributeName": "sk", "AttributeType": "S" } ],
          "KeySchema": [ { "AttributeName": "pk", "KeyType": "HASH" }, { "AttributeName": "sk", "KeyType": "RANGE" } ],
          "ResourcePolicy": { "PolicyDocument": { "Version": "2012-10-17", "Statement": [ {
            "Sid": "Kept", "Effect": "Deny", "Principal": "*", "Action": [ "dynamodb:DeleteItem", "dynamodb:BatchWriteItem" ],
              "Resource": "*",
            "Condition": { "ForAnyValue:StringLike": { "dynamodb:LeadingKeys": [ "KEPT#*" ] } } } ] } } } },
        "Own": { "Type": "AWS::IAM::Role", "Properties": {
          "AssumeRolePolicyDocument": { "Statement": [ { "Effect": "Allow", "Action": "sts:AssumeRole",
            "Principal": { "Service": "lambda.amazonaws.com" } } ] },
          "Policies": [ { "PolicyName": "own", "PolicyDocument": { "Statement": [ { "Effect": "Allow", "Action": "dynamodb:*",
            "Resource": "*",
            "Condition": { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [ "OWN#*", "KEPT#*" ] },
              "Null": { "dynamodb:LeadingKeys": "false" } } } ] } } ] } },
        "Reader": { "Type": "AWS::IAM::Role", "Properties": {
          "AssumeRolePolicyDocument": { "Statement": [ { "Effect": "Allow", "Action": "sts:AssumeRole",
            "Principal": { "Service": "lambda.amazonaws.com" } } ] },
          "Policies": [ { "PolicyName": "own", "PolicyDocument": { "Statement": [ { "Effect": "Allow", "Action": "dynamodb:*",
            "Resource": "*",
            "Condition": { "ForAllValues:StringEquals": { "dynamodb:Attributes": [ "pk", "sk", "open" ] },
              "Null": { "dynamodb:Attributes": "false" },
              "StringEquals": { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" } } } ] } } ] } }
        """;

    private TestHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync(TestHost.Template(Resources));
        foreach (var pk in new[] { "OWN#1", "OTHER#1", "KEPT#1" })
        {
            await host.CallAsync("dynamodb", "PutItem", new JsonObject { ["TableName"] = "rights", ["Item"] = Item(pk) });
        }
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    public static TheoryData<string, string, bool> OfKeys =>
        new()
        {
            { "GetItem", """{"TableName":"rights","Key":OWN}""", true },
            { "GetItem", """{"TableName":"rights","Key":OTHER}""", false },
            { "PutItem", """{"TableName":"rights","Item":OWN}""", true },
            { "PutItem", """{"TableName":"rights","Item":OTHER}""", false },
            { "UpdateItem", """{"TableName":"rights","Key":OTHER,"UpdateExpression":"REMOVE a"}""", false },
            { "DeleteItem", """{"TableName":"rights","Key":OWN}""", true },
            { "DeleteItem", """{"TableName":"rights","Key":KEPT}""", false },
            { "BatchGetItem", """{"RequestItems":{"rights":{"Keys":[OWN]}}}""", true },
            { "BatchGetItem", """{"RequestItems":{"rights":{"Keys":[OWN,OTHER]}}}""", false },
            { "BatchWriteItem", """{"RequestItems":{"rights":[{"PutRequest":{"Item":OWN}}]}}""", true },
            { "BatchWriteItem", """{"RequestItems":{"rights":[{"PutRequest":{"Item":OWN}},{"DeleteRequest":{"Key":OTHER}}]}}""", false },
            { "BatchWriteItem", """{"RequestItems":{"rights":[{"PutRequest":{"Item":OWN}},{"PutRequest":{"Item":KEPT}}]}}""", false },
            { "TransactWriteItems", """{"TransactItems":[{"Put":{"TableName":"rights","Item":OWN}}]}""", true },
            {
                "TransactWriteItems",
                """{"TransactItems":[{"Put":{"TableName":"rights","Item":OWN}},{"Delete":{"TableName":"rights","Key":KEPT}}]}""",
                false
            },
            { "TransactGetItems", """{"TransactItems":[{"Get":{"TableName":"rights","Key":OTHER}}]}""", false },
            {
                "Query",
                """{"TableName":"rights","KeyConditionExpression":"pk = :pk","ExpressionAttributeValues":{":pk":{"S":"OWN#1"}}}""",
                true
            },
            {
                "Query",
                """{"TableName":"rights","KeyConditionExpression":"pk = :pk","ExpressionAttributeValues":{":pk":{"S":"OTHER#1"}}}""",
                false
            },
            { "Scan", """{"TableName":"rights"}""", false },
        };

    public static TheoryData<string, string, bool> OfAttributes =>
        new()
        {
            { "Query", Query("""  "ProjectionExpression":"pk, #o", "ExpressionAttributeNames":{"#o":"open"}  """), true },
            { "Query", Query("""  "ProjectionExpression":"pk, closed"  """), false },
            { "Query", Query("""  "ProjectionExpression":"pk", "FilterExpression":"attribute_exists(closed)"  """), false },
            { "Query", Query("""  "Select":"COUNT"  """), false },
            { "Query", Query("""  "Select":"ALL_ATTRIBUTES"  """), false },
            { "GetItem", """{"TableName":"rights","Key":OWN}""", false },
            { "GetItem", """{"TableName":"rights","Key":OWN,"ProjectionExpression":"closed"}""", false },
            { "GetItem", """{"TableName":"rights","Key":OWN,"ProjectionExpression":"pk"}""", true },
        };

    [Theory]
    [MemberData(nameof(OfKeys))]
    public Task Call_ByItsLeadingKeys_IsAllowedOrNot(string operation, string input, bool isAllowed) =>
        TryAsync("Own", operation, input, isAllowed);

    [Theory]
    [MemberData(nameof(OfAttributes))]
    public Task Call_ByItsAttributes_IsAllowedOrNot(string operation, string input, bool isAllowed) =>
        TryAsync("Reader", operation, input, isAllowed);

    [Fact]
    public async Task TablePolicy_Denial_HoldsForTheAccountItselfAndAfterARestart()
    {
        host = await host.RestartAsync(TestHost.Template(Resources));
        await TryAsync(null, "DeleteItem", """{"TableName":"rights","Key":KEPT}""", isAllowed: false);
        await TryAsync(null, "DeleteItem", """{"TableName":"rights","Key":OTHER}""", isAllowed: true);
    }

    private static string Query(string more) =>
        """{"TableName":"rights","KeyConditionExpression":"pk = :pk","ExpressionAttributeValues":{":pk":{"S":"OWN#1"}},""" + more + "}";

    private static JsonObject Item(string pk) =>
        new()
        {
            ["pk"] = new JsonObject { ["S"] = pk },
            ["sk"] = new JsonObject { ["S"] = "1" },
        };

    private async Task TryAsync(string? role, string operation, string input, bool isAllowed)
    {
        foreach (var name in new[] { "OWN", "OTHER", "KEPT" })
        {
            input = input
                .Replace($":{name}", $":{Item(name + "#1").ToJsonString()}", StringComparison.Ordinal)
                .Replace($"[{name}", $"[{Item(name + "#1").ToJsonString()}", StringComparison.Ordinal)
                .Replace($",{name}", $",{Item(name + "#1").ToJsonString()}", StringComparison.Ordinal);
        }

        var call = host.CallAsync("dynamodb", operation, JsonNode.Parse(input)!.AsObject(), role);
        if (isAllowed)
        {
            await call;
        }
        else
        {
            Assert.Equal("AccessDeniedException", (await Assert.ThrowsAsync<AwsCallException>(() => call)).Code.Split('#')[^1]);
        }
    }
}
