using System.Text.Json.Nodes;
using TemplateHost.Testing;
using TemplateHost.Tests.StepFunctions;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.DynamoDb;

/// <summary>Transactions that last: what else would write their items meets a conflict until the host's clock has moved on.</summary>
public sealed class TransactionDurationTests : IAsyncLifetime
{
    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(20);

    private TestHost host = null!;

    private static string Template =>
        TestHost.Template(
            """
            "Things": { "Type": "AWS::DynamoDB::Table", "Properties": { "TableName": "things", "BillingMode": "PAY_PER_REQUEST",
              "AttributeDefinitions": [ { "AttributeName": "pk", "AttributeType": "S" } ],
              "KeySchema": [ { "AttributeName": "pk", "KeyType": "HASH" } ] } }
            """
        );

    public async ValueTask InitializeAsync() => host = await TestHost.StartAsync(Template, transactionDuration: Duration);

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Transaction_UntilItsTimeIsOver_RefusesOtherWritesOfItsItems()
    {
        var held = await BeginAsync("a");

        Assert.Equal("TransactionConflictException", await RefusalAsync("PutItem", Write("a")));
        Assert.Equal("TransactionConflictException", await RefusalAsync("UpdateItem", Key("a")));
        Assert.Equal("TransactionConflictException", await RefusalAsync("DeleteItem", Key("a")));
        var cancelled = await Assert.ThrowsAsync<AwsCallException>(() => TransactAsync("b", "a"));
        Assert.Equal("TransactionCanceledException", cancelled.Code);
        Assert.Equal(
            ["None", "TransactionConflict"],
            cancelled.Body["CancellationReasons"]!.AsArray().Select(reason => reason!["Code"]!.ToString())
        );
        Assert.False(held.IsCompleted);
        host.Time.Advance(Duration);
        await held;
        await host.CallAsync("dynamodb", "PutItem", Write("a"));
    }

    [Fact]
    public async Task Transaction_WhoseConditionFails_HoldsItsItemsAlike()
    {
        var held = await BeginAsync("a", "attribute_exists(pk)");
        host.Time.Advance(Duration);

        var cancelled = await Assert.ThrowsAsync<AwsCallException>(() => held);

        Assert.Equal("ConditionalCheckFailed", cancelled.Body["CancellationReasons"]![0]!["Code"]!.ToString());
        await host.CallAsync("dynamodb", "PutItem", Write("a"));
    }

    [Fact]
    public async Task Transaction_Repeated_AnswersAtOnce()
    {
        var held = await BeginAsync("a", token: "token");
        host.Time.Advance(Duration);
        await held;

        await host.CallAsync("dynamodb", "TransactWriteItems", Transaction(null, "token", "a"));
    }

    [Theory]
    [InlineData("aws-sdk:dynamodb:transactWriteItems", "DynamoDb.TransactionCanceledException", true)]
    [InlineData("aws-sdk:dynamodb:putItem", "DynamoDb.TransactionConflictException", false)]
    public async Task Workflow_OverAnItemOfATransaction_MeetsTheConflict(string integration, string error, bool inTransaction)
    {
        var workflow = new Workflow(host);
        var input = inTransaction ? Transaction(null, null, "a") : Write("a");
        var state = new JsonObject
        {
            ["Type"] = "Task",
            ["Resource"] = $"arn:aws:states:::{integration}",
            ["Parameters"] = input,
            ["End"] = true,
        };
        var definition = new JsonObject
        {
            ["StartAt"] = "S",
            ["States"] = new JsonObject { ["S"] = state },
        };
        var machine = await workflow.CreateAsync(definition.ToJsonString());
        var held = await BeginAsync("a");

        var ended = await workflow.EndAsync(await workflow.StartAsync(machine));

        Assert.Equal(("FAILED", error), (ended["status"]!.ToString(), ended["error"]!.ToString()));
        host.Time.Advance(Duration);
        await held;
    }

    /// <summary>Sends a transaction, and waits until it holds its item.</summary>
    private async Task<Task> BeginAsync(string key, string? condition = null, string? token = null)
    {
        var held = host.CallAsync("dynamodb", "TransactWriteItems", Transaction(condition, token, key));
        await Waiting.UntilAsync(() => ConflictAsync(key), conflicts => conflicts);
        return held;
    }

    private async Task<bool> ConflictAsync(string key)
    {
        try
        {
            await host.CallAsync("dynamodb", "DeleteItem", Key(key));
            return false;
        }
        catch (AwsCallException refused) when (refused.Code == "TransactionConflictException")
        {
            return true;
        }
    }

    private async Task<string> RefusalAsync(string operation, JsonObject input) =>
        (await Assert.ThrowsAsync<AwsCallException>(() => host.CallAsync("dynamodb", operation, input))).Code;

    private Task<JsonObject> TransactAsync(params string[] keys) =>
        host.CallAsync("dynamodb", "TransactWriteItems", Transaction(null, null, keys));

    private static JsonObject Transaction(string? condition, string? token, params string[] keys)
    {
        var puts = keys.Select(key => new JsonObject { ["Put"] = Write(key, condition) });
        var input = new JsonObject { ["TransactItems"] = new JsonArray([.. puts]) };
        if (token is not null)
        {
            input["ClientRequestToken"] = token;
        }

        return input;
    }

    private static JsonObject Write(string key, string? condition = null)
    {
        var write = new JsonObject
        {
            ["TableName"] = "things",
            ["Item"] = new JsonObject { ["pk"] = new JsonObject { ["S"] = key } },
        };
        if (condition is not null)
        {
            write["ConditionExpression"] = condition;
        }

        return write;
    }

    private static JsonObject Key(string key) =>
        new()
        {
            ["TableName"] = "things",
            ["Key"] = new JsonObject { ["pk"] = new JsonObject { ["S"] = key } },
        };
}
