using System.Text.Json.Nodes;
using TemplateHost.Tests.DynamoDb;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Gateway;

/// <summary>Members that are there, of their type, and still make no sense: refused, never a fault of the host.</summary>
public sealed class OddInputTests
{
    [Theory]
    [InlineData("dynamodb", "ListTables", """{"Limit":0}""", "ValidationException")]
    [InlineData(
        "dynamodb",
        "CreateTable",
        """
            {"TableName":"things","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"a","KeyType":"HASH"}],
              "AttributeDefinitions":[{"AttributeName":"a","AttributeType":"S"},{"AttributeName":"a","AttributeType":"N"}]}
            """,
        "ValidationException"
    )]
    [InlineData(
        "dynamodb",
        "CreateTable",
        """
            {"TableName":"things","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"a","KeyType":"HASH"}],
              "AttributeDefinitions":[{"AttributeName":"a"}]}
            """,
        "ValidationException"
    )]
    [InlineData(
        "kms",
        "CreateKey",
        """{"KeySpec":"ECC_NIST_P256","KeyUsage":"SIGN_VERIFY","Tags":[{"TagKey":"a","TagValue":"1"},{"TagKey":"a","TagValue":"2"}]}""",
        "TagException"
    )]
    [InlineData("events", "TestEventPattern", """{"EventPattern":"{\"source\":[\"a\"]}","Event":"things"}""", "ValidationException")]
    public async Task Call_WithOddInput_IsRefused(string service, string operation, string input, string code)
    {
        await using var host = await TestHost.StartAsync();

        var refused = await Assert.ThrowsAsync<AwsCallException>(() =>
            host.CallAsync(service, operation, JsonNode.Parse(input)!.AsObject())
        );

        Assert.Equal(code, refused.Code.Split('#')[^1]);
        Assert.Empty(host.Faults);
    }

    [Theory]
    [InlineData("S")]
    [InlineData("N")]
    [InlineData("B")]
    [InlineData("BOOL")]
    [InlineData("NULL")]
    [InlineData("L")]
    [InlineData("M")]
    [InlineData("SS")]
    public async Task PutItem_OfATypeWithoutAValue_IsRefused(string type)
    {
        await using var host = await TestHost.StartAsync(TestTable.Template);
        var item = $$$"""{"pk":{"S":"a"},"sk":{"N":"1"},"x":{"{{{type}}}":null}}""";

        var refused = await Assert.ThrowsAsync<AwsCallException>(() =>
            host.CallAsync("dynamodb", "PutItem", new() { ["TableName"] = TestTable.Name, ["Item"] = JsonNode.Parse(item) })
        );

        Assert.Equal("ValidationException", refused.Code.Split('#')[^1]);
        Assert.Empty(host.Faults);
    }
}
