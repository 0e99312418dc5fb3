using Amazon.DynamoDBv2.Model;
using Xunit;

namespace TemplateHost.Tests.DynamoDb;

public sealed class QueryTests
{
    [Theory]
    [InlineData("sk = :a", "10")]
    [InlineData("sk < :a", "-5,-1.5,0,2")]
    [InlineData("sk <= :a", "-5,-1.5,0,2,10")]
    [InlineData("sk > :a", "11,100")]
    [InlineData("sk >= :a", "10,11,100")]
    [InlineData("sk BETWEEN :b AND :a", "-1.5,0,2,10")]
    public async Task Query_WithSortCondition_FindsThoseInOrder(string condition, string found)
    {
        await using var table = await TestTable.StartAsync();
        await FillAsync(table);
        Dictionary<string, AttributeValue> values = new() { [":p"] = new("a"), [":a"] = TestTable.Number(10) };
        if (condition.Contains(":b", StringComparison.Ordinal))
        {
            values[":b"] = TestTable.Number(-1.5m);
        }

        var answer = await table.Client.QueryAsync(Request($"pk = :p AND {condition}", values));

        Assert.Equal(found, string.Join(',', answer.Items.Select(item => item["sk"].N)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Query_PageByPage_FindsAllOnce(bool forward)
    {
        await using var table = await TestTable.StartAsync();
        await FillAsync(table);
        var request = Request("pk = :p", new() { [":p"] = new("a") });
        (request.Limit, request.ScanIndexForward) = (2, forward);
        var found = new List<string>();
        do
        {
            var page = await table.Client.QueryAsync(request);
            found.AddRange(page.Items.Select(item => item["sk"].N));
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        } while (request.ExclusiveStartKey?.Count > 0);

        string[] all = ["-5", "-1.5", "0", "2", "10", "11", "100"];
        Assert.Equal(forward ? all : all.Reverse(), found);
    }

    [Fact]
    public async Task Query_OfIndex_ProjectsAndFollowsChanges()
    {
        await using var table = await TestTable.StartAsync();
        await table.PutAsync("a", 1, ("g", new("x")), ("secret", new("s")));
        await table.PutAsync("b", 1, ("g", new("x")));
        await table.PutAsync("c", 1, ("g", new("y")));
        await table.UpdateAsync("b", "SET g = :y", new() { [":y"] = new("y") });
        await table.Client.DeleteItemAsync(TestTable.Name, TestTable.Key("c"));
        await table.UpdateAsync("d", "SET another = :y", new() { [":y"] = new("y") });

        async Task<List<Dictionary<string, AttributeValue>>> ByG(string g) =>
            (
                await table.Client.QueryAsync(
                    new QueryRequest
                    {
                        TableName = TestTable.Name,
                        IndexName = "byG",
                        KeyConditionExpression = "g = :g",
                        ExpressionAttributeValues = new() { [":g"] = new(g) },
                    }
                )
            ).Items
            ?? [];

        Assert.Equal(["g", "pk", "sk"], Assert.Single(await ByG("x")).Keys.Order());
        Assert.Equal("b", Assert.Single(await ByG("y"))["pk"].S);
    }

    [Fact]
    public async Task Query_WithFilter_CountsWhatItRead()
    {
        await using var table = await TestTable.StartAsync();
        await FillAsync(table);
        var request = Request(
            "pk = :p",
            new()
            {
                [":p"] = new("a"),
                [":odd"] = new() { BOOL = true },
            }
        );
        request.FilterExpression = "odd = :odd";

        var answer = await table.Client.QueryAsync(request);

        Assert.Equal((7, 2), (answer.ScannedCount, answer.Count));
    }

    [Fact]
    public async Task Query_OfMoreThanOneMegabyte_StopsThere()
    {
        await using var table = await TestTable.StartAsync();
        for (var sk = 0; sk < 5; sk++)
        {
            await table.PutAsync("big", sk, ("body", new(new string('x', 300_000))));
        }

        var first = await table.Client.QueryAsync(Request("pk = :p", new() { [":p"] = new("big") }));
        var request = Request("pk = :p", new() { [":p"] = new("big") });
        request.ExclusiveStartKey = first.LastEvaluatedKey;
        var second = await table.Client.QueryAsync(request);

        Assert.Equal((4, 1), (first.Count, second.Count));
        Assert.Equal("3", first.LastEvaluatedKey["sk"].N);
    }

    [Theory]
    [InlineData("sk = :a", "Query condition missed key schema element: pk")]
    [InlineData("pk = :a", "One or more parameter values were invalid: Condition parameter type does not match schema type")]
    public async Task Query_NotOnTheKey_IsRefused(string condition, string message)
    {
        await using var table = await TestTable.StartAsync();
        var used = new Dictionary<string, AttributeValue> { [":p"] = new("a"), [":a"] = TestTable.Number(1) }
            .Where(value => condition.Contains(value.Key, StringComparison.Ordinal))
            .ToDictionary();

        var refusal = await Assert.ThrowsAnyAsync<Amazon.DynamoDBv2.AmazonDynamoDBException>(() =>
            table.Client.QueryAsync(Request(condition, used))
        );

        Assert.Equal(message, refusal.Message);
    }

    [Fact]
    public async Task Scan_InSegments_FindsEachItemInOne()
    {
        await using var table = await TestTable.StartAsync();
        for (var number = 0; number < 40; number++)
        {
            await table.PutAsync($"p{number}", 1);
        }

        var found = new List<string>();
        for (var segment = 0; segment < 3; segment++)
        {
            var answer = await table.Client.ScanAsync(
                new ScanRequest
                {
                    TableName = TestTable.Name,
                    Segment = segment,
                    TotalSegments = 3,
                }
            );
            Assert.NotEmpty(answer.Items);
            found.AddRange(answer.Items.Select(item => item["pk"].S));
        }

        Assert.Equal(40, found.Distinct().Count());
        Assert.Equal(40, found.Count);
    }

    private static QueryRequest Request(string condition, Dictionary<string, AttributeValue> values) =>
        new()
        {
            TableName = TestTable.Name,
            KeyConditionExpression = condition,
            ExpressionAttributeValues = values,
        };

    private static async Task FillAsync(TestTable table)
    {
        foreach (var sk in (decimal[])[100, -5, 2, 11, -1.5m, 0, 10])
        {
            var item = new Dictionary<string, AttributeValue>
            {
                ["pk"] = new("a"),
                ["sk"] = TestTable.Number(sk),
                ["odd"] = new() { BOOL = sk is -5 or 11 },
            };
            await table.Client.PutItemAsync(TestTable.Name, item);
        }

        await table.PutAsync("b", 1);
    }
}
