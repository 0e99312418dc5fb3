using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Xunit;

namespace TemplateHost.Tests.DynamoDb;

public sealed class ExpressionTests
{
    [Theory]
    [InlineData("attribute_exists(t) AND attribute_not_exists(nothing)", true)]
    [InlineData("attribute_exists(nothing)", false)]
    [InlineData("attribute_type(l, :typeL)", true)]
    [InlineData("begins_with(t, :te) AND contains(t, :xt)", true)]
    [InlineData("contains(l, :te)", false)]
    [InlineData("contains(ss, :a)", true)]
    [InlineData("size(t) = :four AND size(l) < :four", true)]
    [InlineData("n BETWEEN :one AND :four", true)]
    [InlineData("n IN (:one, :two)", true)]
    [InlineData("NOT n IN (:one, :four) AND n <> :one", true)]
    [InlineData("n = :one OR n = :two AND t = :te", false)]
    [InlineData("(n = :one OR n = :two) AND m.k[1] = :two", true)]
    [InlineData("nothing <> :one", true)]
    [InlineData("nothing < :one", false)]
    [InlineData("t > :one", false)]
    [InlineData("n < :four and not n >= :four", true)]
    public async Task Condition_OfEveryKind_Decides(string condition, bool holds)
    {
        await using var table = await TestTable.StartAsync();
        await table.PutAsync(
            "a",
            1,
            ("t", new("text")),
            ("n", TestTable.Number(2)),
            ("l", new() { L = [new("x")] }),
            ("ss", new() { SS = ["a", "b"] }),
            ("m", new() { M = new() { ["k"] = new() { L = [TestTable.Number(1), TestTable.Number(2)] } } })
        );
        Dictionary<string, AttributeValue> all = new()
        {
            [":typeL"] = new("L"),
            [":te"] = new("te"),
            [":xt"] = new("xt"),
            [":a"] = new("a"),
            [":one"] = TestTable.Number(1),
            [":two"] = TestTable.Number(2),
            [":four"] = TestTable.Number(4),
        };
        var used = all.Where(value => System.Text.RegularExpressions.Regex.IsMatch(condition, value.Key + @"\b")).ToDictionary();

        var update = () => table.UpdateAsync("a", "REMOVE untouched", used.Count == 0 ? null : used, condition);

        if (holds)
        {
            await update();
        }
        else
        {
            await Assert.ThrowsAsync<ConditionalCheckFailedException>(update);
        }
    }

    [Theory]
    [InlineData("SET a b", "Invalid UpdateExpression: Syntax error; token: \"b\", near: \"a b\"")]
    [InlineData("SET status = :v", "Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: status")]
    [InlineData("SET a = :v SET b = :v", "Invalid UpdateExpression: The \"SET\" section can only be used once in an update expression;")]
    [InlineData(
        "SET a = :v, a.b = :v",
        "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these "
            + "paths; path one: [a], path two: [a, b]"
    )]
    [InlineData(
        "SET a = :other",
        "Invalid UpdateExpression: An expression attribute value used in expression is not defined; attribute value: :other"
    )]
    [InlineData(
        "SET #a = :v",
        "Invalid UpdateExpression: An expression attribute name used in the document path is not defined; attribute name: #a"
    )]
    [InlineData("SET a = foo(b, :v)", "Invalid UpdateExpression: Invalid function name; function: foo")]
    [InlineData("REMOVE a", "Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}")]
    [InlineData("SET pk = :v", "One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key")]
    [InlineData("SET a = nowhere + :v", "The provided expression refers to an attribute that does not exist in the item")]
    [InlineData("SET a.b.c = :v", "The document path provided in the update expression is invalid for update")]
    [InlineData("", "Invalid UpdateExpression: The expression can not be empty;")]
    public async Task Update_ThatCannotBe_IsRefusedInDynamoDbsWords(string expression, string message)
    {
        await using var table = await TestTable.StartAsync();

        var refusal = await Assert.ThrowsAnyAsync<AmazonDynamoDBException>(() =>
            table.UpdateAsync("a", expression, new() { [":v"] = TestTable.Number(1) })
        );

        Assert.Equal("ValidationException", refusal.ErrorCode);
        Assert.Equal(message, refusal.Message);
    }

    [Fact]
    public async Task Update_OfEverySection_SeesTheItemAsItWas()
    {
        await using var table = await TestTable.StartAsync();
        await table.PutAsync(
            "a",
            1,
            ("n", TestTable.Number(5)),
            ("l", new() { L = [new("0"), new("1"), new("2")] }),
            ("ss", new() { SS = ["a", "b"] }),
            ("gone", new("x"))
        );

        var answer = await table.UpdateAsync(
            "a",
            "SET n = n - :one, earlier = n, fresh = if_not_exists(fresh, :one), tail = list_append(l, :more) REMOVE gone, "
                + "l[0], l[1] ADD grand :one DELETE ss :b",
            new()
            {
                [":one"] = TestTable.Number(1),
                [":more"] = new() { L = [new("3")] },
                [":b"] = new() { SS = ["b"] },
            },
            returns: ReturnValue.ALL_NEW
        );

        var item = answer.Attributes;
        Assert.Equal("4", item["n"].N);
        Assert.Equal("5", item["earlier"].N);
        Assert.Equal("1", item["fresh"].N);
        Assert.Equal("1", item["grand"].N);
        Assert.Equal(["2"], item["l"].L.Select(value => value.S));
        Assert.Equal(["0", "1", "2", "3"], item["tail"].L.Select(value => value.S));
        Assert.Equal(["a"], item["ss"].SS);
        Assert.False(item.ContainsKey("gone"));
    }

    [Fact]
    public async Task UpdatedNew_OfNestedPath_ShowsOnlyThatPath()
    {
        await using var table = await TestTable.StartAsync();
        await table.PutAsync(
            "a",
            1,
            (
                "m",
                new()
                {
                    M = new() { ["x"] = new("1"), ["y"] = new("2") },
                }
            )
        );

        var answer = await table.UpdateAsync("a", "SET m.x = :v", new() { [":v"] = new("9") }, returns: ReturnValue.UPDATED_NEW);

        Assert.Equal("9", Assert.Single(Assert.Single(answer.Attributes).Value.M).Value.S);
    }
}
