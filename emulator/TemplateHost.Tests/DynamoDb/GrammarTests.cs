using System.Text.RegularExpressions;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Xunit;

namespace TemplateHost.Tests.DynamoDb;

/// <summary>What the grammars of expressions take and refuse, down to the words.</summary>
public sealed class GrammarTests : IAsyncLifetime
{
    private TestTable table = null!;

    public async ValueTask InitializeAsync()
    {
        table = await TestTable.StartAsync();
        await table.PutAsync(
            "a",
            1,
            ("n", TestTable.Number(1)),
            ("t", new("cat")),
            ("u", new("c")),
            ("l", List("x", "y")),
            ("m", new() { M = new() { ["k"] = List("x", "y", "z") } })
        );
    }

    public ValueTask DisposeAsync() => table.DisposeAsync();

    [Theory]
    [InlineData("SET _a = :one", "Syntax error; token: \"_\"")]
    [InlineData("SET 1a = :one", "Syntax error; token: \"1\"")]
    [InlineData("SET a = _f(n, :one)", "Syntax error; token: \"_\"")]
    [InlineData("SET a = f1_x(n, l, t)", "Invalid function name; function: f1_x")]
    [InlineData(
        "SET a = list_append(:list)",
        "Incorrect number of operands for operator or function; operator or function: list_append, number of operands: 1"
    )]
    [InlineData(
        "SET a = list_append(list_append(:list, l), l)",
        "The function is not allowed to be used this way in an expression; function: list_append"
    )]
    [InlineData("SET a = if_not_exists(:one, :one)", "Operator or function requires a document path; operator or function: if_not_exists")]
    [InlineData("SET a[:one] = :one", "Syntax error")]
    [InlineData("SET a.b = :one, a[1] = :one", "Two document paths conflict with each other")]
    public async Task Update_AgainstTheGrammar_IsRefused(string update, string why) =>
        Assert.StartsWith(
            $"Invalid UpdateExpression: {why}",
            (await RefusalAsync(() => UpdateAsync(update))).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("SET a = list_append(if_not_exists(a, :list), :list)")]
    [InlineData("SET a = if_not_exists(b, if_not_exists(c, :one))")]
    [InlineData("SET b = if_not_exists(b, :one) + :one")]
    [InlineData("REMOVE l[17]")]
    public Task Update_WithinTheGrammar_IsMade(string update) => UpdateAsync(update);

    [Theory]
    [InlineData("n BETWEEN :one AND :text", "The BETWEEN operator requires same data type for lower and upper bounds")]
    [InlineData("attribute_type(n, :text)", "Invalid attribute type name found; type: ca, valid types:")]
    [InlineData(
        "contains(t, t)",
        "The first operand must be distinct from the remaining operands for this operator or function; operator: "
            + "contains, first operand: [t]"
    )]
    [InlineData(
        "size(t, t) = :one",
        "Incorrect number of operands for operator or function; operator or function: size, number of operands: 2"
    )]
    [InlineData("size(:one) = :one", "Incorrect operand type for operator or function; operator or function: size, operand type: N")]
    [InlineData("size(t)", "The function is not allowed to be used this way in an expression; function: size")]
    [InlineData("t = contains(t, u)", "The function is not allowed to be used this way in an expression; function: contains")]
    [InlineData("dog(t) = :one", "Invalid function name; function: dog")]
    public async Task Condition_AgainstTheGrammar_IsRefused(string condition, string why) =>
        Assert.StartsWith(
            $"Invalid ConditionExpression: {why}",
            (await RefusalAsync(() => UpdateAsync("REMOVE z", condition))).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("attribute_type(:one, :N)")]
    [InlineData("begins_with(t, u)")]
    [InlineData("begins_with(:cat, t)")]
    [InlineData("size(l) > n")]
    public Task Condition_WithinTheGrammar_IsDecided(string condition) => UpdateAsync("REMOVE z", condition);

    [Theory]
    [InlineData("pk = :a OR sk = :one", "Invalid operator used in KeyConditionExpression: OR")]
    [InlineData("NOT pk = :a", "Invalid operator used in KeyConditionExpression: NOT")]
    [InlineData("pk = :a AND sk <> :one", "Invalid operator used in KeyConditionExpression: <>")]
    [InlineData("pk = :a AND attribute_exists(sk)", "Invalid operator used in KeyConditionExpression: attribute_exists")]
    [InlineData("pk = :a AND pk = :a", "Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key")]
    [InlineData("pk < :a", "Query key condition not supported")]
    public async Task KeyCondition_AgainstTheGrammar_IsRefused(string condition, string why) =>
        Assert.Equal(why, (await RefusalAsync(() => QueryAsync(condition))).Message);

    [Theory]
    [InlineData(":a = pk AND :one >= sk")]
    [InlineData("((pk = :a) AND (sk BETWEEN :one AND :one))")]
    public async Task KeyCondition_WithinTheGrammar_FindsTheItem(string condition) => Assert.Single((await QueryAsync(condition)).Items);

    [Fact]
    public async Task Projection_OfListElements_KeepsTheirOrderAndJoinsTheirParts()
    {
        await table.PutAsync("b", 1, ("l", new() { L = [Map("x", "y"), new("1"), Map("x", "y")] }));

        var item = (
            await table.Client.GetItemAsync(
                new GetItemRequest
                {
                    TableName = TestTable.Name,
                    Key = TestTable.Key("b"),
                    ProjectionExpression = "l[2].y, l[2].x, l[0].x, l[7]",
                }
            )
        ).Item;

        Assert.Equal(["x", "x,y"], item["l"].L.Select(element => string.Join(',', element.M.Keys.Order())));
    }

    [Theory]
    [InlineData(32, true)]
    [InlineData(33, false)]
    public async Task Item_NestedDeeply_IsKeptTo32Levels(int levels, bool kept)
    {
        var value = Enumerable.Range(0, levels).Aggregate(new AttributeValue("x"), (inner, _) => new() { L = [inner] });

        var refusal = await Record.ExceptionAsync(() => table.PutAsync("deep", 1, ("v", value)));

        Assert.Equal(kept ? null : "Nesting Levels have exceeded supported limits", refusal?.Message);
    }

    private static AttributeValue List(params string[] texts) => new() { L = [.. texts.Select(text => new AttributeValue(text))] };

    private static AttributeValue Map(params string[] names) =>
        new() { M = names.ToDictionary(name => name, name => new AttributeValue(name)) };

    private Task<UpdateItemResponse> UpdateAsync(string update, string? condition = null) =>
        table.UpdateAsync("a", update, Used($"{update} {condition}"), condition);

    private Task<QueryResponse> QueryAsync(string condition) =>
        table.Client.QueryAsync(
            new QueryRequest
            {
                TableName = TestTable.Name,
                KeyConditionExpression = condition,
                ExpressionAttributeValues = Used(condition),
            }
        );

    private static async Task<AmazonDynamoDBException> RefusalAsync(Func<Task> call)
    {
        var refusal = await Assert.ThrowsAnyAsync<AmazonDynamoDBException>(call);
        Assert.Equal("ValidationException", refusal.ErrorCode);
        return refusal;
    }

    private static Dictionary<string, AttributeValue>? Used(string expressions)
    {
        Dictionary<string, AttributeValue> all = new()
        {
            [":one"] = TestTable.Number(1),
            [":text"] = new("ca"),
            [":cat"] = new("catalogue"),
            [":N"] = new("N"),
            [":a"] = new("a"),
            [":list"] = List("p", "q"),
        };
        var used = all.Where(value => Regex.IsMatch(expressions, value.Key + @"\b")).ToDictionary();
        return used.Count == 0 ? null : used;
    }
}
