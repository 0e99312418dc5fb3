using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using FairShare.Local.Tests.DynamoDb;
using FairShare.Local.Tests.Hosting;
using Xunit;

namespace FairShare.Local.Tests.Contract;

public sealed class DynamoDbContract(Targets targets) : IClassFixture<Targets>
{
    private static int tables;

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Item_OfAllTypes_ComesBack(string target) => HoldAsync(target, async (client, table) =>
    {
        var item = new Dictionary<string, AttributeValue>(TestTable.Key("a"))
        {
            ["text"] = new("tëxt"),
            ["number"] = new() { N = "-12.5" },
            ["octets"] = new() { B = new MemoryStream([0, 255]) },
            ["yes"] = new() { BOOL = true },
            ["nothing"] = new() { NULL = true },
            ["list"] = new() { L = [new("x"), new() { N = "1" }] },
            ["map"] = new() { M = new() { ["k"] = new("v") } },
            ["texts"] = new() { SS = ["a", "b"] },
            ["numbers"] = new() { NS = ["1", "2"] },
        };
        await client.PutItemAsync(table, item);

        var kept = (await client.GetItemAsync(table, TestTable.Key("a"), true)).Item;

        Assert.Equal(item.Keys.Order(), kept.Keys.Order());
        Assert.Equal(("tëxt", "-12.5", true, true), (kept["text"].S, kept["number"].N, kept["yes"].BOOL, kept["nothing"].NULL));
        Assert.Equal([0, 255], kept["octets"].B.ToArray());
        Assert.Equal(("x", "v"), (kept["list"].L[0].S, kept["map"].M["k"].S));
        Assert.Equal(["a", "b"], kept["texts"].SS.Order());
    });

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Update_WithAllSections_ShowsTheNewItem(string target) => HoldAsync(target, async (client, table) =>
    {
        await client.PutItemAsync(table, new(TestTable.Key("a")) { ["gone"] = new("x"), ["texts"] = new() { SS = ["a", "b"] } });

        var answer = await client.UpdateItemAsync(new()
        {
            TableName = table,
            Key = TestTable.Key("a"),
            ReturnValues = ReturnValue.ALL_NEW,
            UpdateExpression = "SET #n = if_not_exists(#n, :zero) + :one REMOVE gone ADD tally :one DELETE texts :b",
            ExpressionAttributeNames = new() { ["#n"] = "count" },
            ExpressionAttributeValues = new() { [":zero"] = new() { N = "0" }, [":one"] = new() { N = "1" }, [":b"] = new() { SS = ["b"] } },
        });

        Assert.Equal(["count", "pk", "sk", "tally", "texts"], answer.Attributes.Keys.Order());
        Assert.Equal(("1", "1"), (answer.Attributes["count"].N, answer.Attributes["tally"].N));
        Assert.Equal(["a"], answer.Attributes["texts"].SS);
    });

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Put_ConditionFails_ShowsTheOldItem(string target) => HoldAsync(target, async (client, table) =>
    {
        await client.PutItemAsync(table, new(TestTable.Key("a")) { ["v"] = new("old") });

        var refusal = await Assert.ThrowsAsync<ConditionalCheckFailedException>(() => client.PutItemAsync(new()
        {
            TableName = table,
            Item = TestTable.Key("a"),
            ConditionExpression = "attribute_not_exists(pk)",
            ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
        }));

        Assert.Equal("The conditional request failed", refusal.Message);
        Assert.Equal("old", refusal.Item["v"].S);
    });

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Query_Backwards_PageByPage(string target) => HoldAsync(target, async (client, table) =>
    {
        foreach (var sk in (decimal[])[3, -1, 20, 0.5m])
        {
            await client.PutItemAsync(table, new() { ["pk"] = new("a"), ["sk"] = TestTable.Number(sk) });
        }

        var request = new QueryRequest
        {
            TableName = table,
            KeyConditionExpression = "pk = :p AND sk > :s",
            Limit = 2,
            ScanIndexForward = false,
            ExpressionAttributeValues = new() { [":p"] = new("a"), [":s"] = new() { N = "-1" } },
        };
        var first = await client.QueryAsync(request);
        request.ExclusiveStartKey = first.LastEvaluatedKey;
        var second = await client.QueryAsync(request);

        Assert.Equal(["20", "3"], first.Items.Select(item => item["sk"].N));
        Assert.Equal(["0.5"], second.Items.Select(item => item["sk"].N));
        Assert.Empty(second.LastEvaluatedKey ?? []);
    });

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Query_OfAKeysOnlyIndex_ShowsKeys(string target) => HoldAsync(target, async (client, table) =>
    {
        await client.PutItemAsync(table, new(TestTable.Key("a")) { ["g"] = new("x"), ["secret"] = new("s") });
        await client.PutItemAsync(table, TestTable.Key("b"));

        var answer = await client.QueryAsync(new()
        {
            TableName = table,
            IndexName = "byG",
            KeyConditionExpression = "g = :g",
            ExpressionAttributeValues = new() { [":g"] = new("x") },
        });

        Assert.Equal(["g", "pk", "sk"], Assert.Single(answer.Items).Keys.Order());
    });

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Transaction_OneConditionFails_WritesNothing(string target) => HoldAsync(target, async (client, table) =>
    {
        var cancelled = await Assert.ThrowsAsync<TransactionCanceledException>(() => client.TransactWriteItemsAsync(new()
        {
            TransactItems =
            [
                new() { Put = new() { TableName = table, Item = TestTable.Key("a") } },
                new() { ConditionCheck = new() { TableName = table, Key = TestTable.Key("b"), ConditionExpression = "attribute_exists(pk)" } },
            ],
        }));

        Assert.Equal(["None", "ConditionalCheckFailed"], cancelled.CancellationReasons.Select(reason => reason.Code));
        Assert.Empty((await client.GetItemAsync(table, TestTable.Key("a"))).Item ?? []);
    });

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Transaction_TokenOfAnotherRequest_IsRefused(string target) => HoldAsync(target, async (client, table) =>
    {
        TransactWriteItemsRequest Request(string pk) => new()
        {
            ClientRequestToken = "one",
            TransactItems = [new() { Put = new() { TableName = table, Item = TestTable.Key(pk) } }],
        };
        await client.TransactWriteItemsAsync(Request("a"));
        await client.TransactWriteItemsAsync(Request("a"));

        await Assert.ThrowsAsync<IdempotentParameterMismatchException>(() => client.TransactWriteItemsAsync(Request("b")));
    });

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Batch_OfWrites_IsReadAsABatch(string target) => HoldAsync(target, async (client, table) =>
    {
        await client.BatchWriteItemAsync(new BatchWriteItemRequest
        {
            RequestItems = new() { [table] = [.. Enumerable.Range(0, 10).Select(number => new WriteRequest(new PutRequest(TestTable.Key($"p{number}"))))] },
        });

        var answer = await client.BatchGetItemAsync(new BatchGetItemRequest
        {
            RequestItems = new() { [table] = new() { Keys = [TestTable.Key("p3"), TestTable.Key("p7"), TestTable.Key("none")] } },
        });

        Assert.Equal(["p3", "p7"], answer.Responses[table].Select(item => item["pk"].S).Order());
    });

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Expression_WithAReservedWord_IsRefused(string target) => RefusedAsync(
        target, "SET status = :v", "Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: status");

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Expression_OverAKey_IsRefused(string target) => RefusedAsync(
        target, "SET pk = :v", "One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key");

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Expression_WithOverlappingPaths_IsRefused(string target) => RefusedAsync(
        target, "SET a = :v, a.b = :v", "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a, b]");

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Number_OfTooManyDigits_IsRefused(string target) => HoldAsync(target, async (client, table) =>
    {
        var item = new Dictionary<string, AttributeValue>(TestTable.Key("a")) { ["n"] = new() { N = new string('1', 39) } };

        var refusal = await Assert.ThrowsAnyAsync<AmazonDynamoDBException>(() => client.PutItemAsync(table, item));

        Assert.Equal("Attempting to store more than 38 significant digits in a Number", refusal.Message);
    });

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Table_MadeAndDeleted_ComesAndGoes(string target) => HoldAsync(target, async (client, table) =>
    {
        Assert.Contains(table, (await client.ListTablesAsync()).TableNames);
        Assert.Equal("byG", Assert.Single((await client.DescribeTableAsync(table)).Table.GlobalSecondaryIndexes).IndexName);
        await Assert.ThrowsAsync<ResourceInUseException>(() => CreateAsync(client, table));

        await client.DeleteTableAsync(table);

        await Assert.ThrowsAsync<ResourceNotFoundException>(() => client.PutItemAsync(table, TestTable.Key("a")));
    });

    private Task RefusedAsync(string target, string update, string message, [System.Runtime.CompilerServices.CallerMemberName] string name = "") =>
        HoldAsync(
            target,
            async (client, table) =>
            {
                var refusal = await Assert.ThrowsAnyAsync<AmazonDynamoDBException>(() => client.UpdateItemAsync(new()
                {
                    TableName = table,
                    Key = TestTable.Key("a"),
                    UpdateExpression = update,
                    ExpressionAttributeValues = new() { [":v"] = new("x") },
                }));
                Assert.Equal(("ValidationException", message), (refusal.ErrorCode, refusal.Message));
            },
            name);

    private Task HoldAsync(string target, Func<AmazonDynamoDBClient, string, Task> contract, [System.Runtime.CompilerServices.CallerMemberName] string name = "") =>
        targets.HoldAsync(
            target,
            async () =>
            {
                using var client = new AmazonDynamoDBClient(SdkHost.Root, targets.Configure(target, new AmazonDynamoDBConfig()));
                var table = $"table{Interlocked.Increment(ref tables)}";
                await CreateAsync(client, table);
                await contract(client, table);
            },
            name);

    private static Task<CreateTableResponse> CreateAsync(AmazonDynamoDBClient client, string table) => client.CreateTableAsync(new CreateTableRequest
    {
        TableName = table,
        BillingMode = BillingMode.PAY_PER_REQUEST,
        AttributeDefinitions = [new("pk", ScalarAttributeType.S), new("sk", ScalarAttributeType.N), new("g", ScalarAttributeType.S)],
        KeySchema = [new("pk", KeyType.HASH), new("sk", KeyType.RANGE)],
        GlobalSecondaryIndexes =
        [
            new() { IndexName = "byG", KeySchema = [new("g", KeyType.HASH)], Projection = new() { ProjectionType = ProjectionType.KEYS_ONLY } },
        ],
    });
}
