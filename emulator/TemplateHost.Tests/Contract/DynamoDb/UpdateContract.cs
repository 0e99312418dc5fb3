using System.ComponentModel;
using System.Text.Json.Nodes;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

namespace TemplateHost.Tests.Contract.DynamoDb;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html.</summary>
[DisplayName("DynamoDB")]
public sealed class UpdateContract(ContractTargets targets) : ServiceContract(targets)
{
    private const string Things = """
        "n": { "N": "5" }, "m": { "N": "2" }, "l": { "L": [ { "S": "0" }, { "S": "1" }, { "S": "2" } ] },
          "deep": { "M": { "in": { "M": { "n": { "N": "1" } } } } },
        "ss": { "SS": [ "a", "b" ] }, "gone": { "S": "x" }
        """;

    private const string One = """ ":one": { "N": "1" } """;

    [Theory, OnEachTarget]
    public Task Set_OfEachForm_Computes(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await MakeAsync(dynamo);
                await AssertAsync(dynamo, "SET n = m, m = n", "", "n", """{ "N": "2" }""");
                await AssertAsync(dynamo, "SET n = m - :one", One, "n", """{ "N": "4" }""");
                await AssertAsync(dynamo, "SET c = if_not_exists(c, :one) + :one", One, "c", """{ "N": "2" }""");
                await AssertAsync(
                    dynamo,
                    "SET l = list_append(:l, l)",
                    """ ":l": { "L": [ { "N": "9" } ] } """,
                    "l",
                    """{ "L": [ { "N": "9" }, { "S": "0" }, { "S": "1" }, { "S": "2" } ] }"""
                );
                await AssertAsync(
                    dynamo,
                    "SET l[1] = :one, l[9] = :one",
                    One,
                    "l",
                    """{ "L": [ { "N": "9" }, { "N": "1" }, { "S": "1" }, { "S": "2" }, { "N": "1" } ] }"""
                );
                await AssertAsync(
                    dynamo,
                    "SET deep.#in.x = deep.#in.n",
                    "",
                    "deep",
                    """{ "M": { "in": { "M": { "n": { "N": "1" }, "x": { "N": "1" } } } } }""",
                    """, "ExpressionAttributeNames": { "#in": "in" }"""
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Remove_OfListElements_ClosesUp(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await MakeAsync(dynamo);
                await AssertAsync(dynamo, "REMOVE l[0], l[2], nowhere", "", "l", """{ "L": [ { "S": "1" } ] }""");
                var kept = await dynamo.UpdateAsync(
                    "a",
                    "REMOVE gone, deep.#in.n",
                    "",
                    """, "ExpressionAttributeNames": { "#in": "in" }, "ReturnValues": "ALL_NEW" """
                );
                Assert.Equal("""{"M":{"in":{"M":{}}}}""", kept["Attributes"]!["deep"]!.ToJsonString());
                Assert.Null(kept["Attributes"]!["gone"]);
            }
        );

    [Theory, OnEachTarget]
    public Task AddAndDelete_OfSetsAndNumbers_Work(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await MakeAsync(dynamo);
                await AssertAsync(dynamo, "ADD n :one, fresh :one", One, "fresh", """{ "N": "1" }""");
                Assert.Equal("6", (await dynamo.GetAsync("a"))!["n"]!["N"]!.ToString());
                await dynamo.UpdateAsync("a", "ADD ss :s", """ ":s": { "SS": [ "b", "c" ] } """);
                Assert.Equal(
                    ["a", "b", "c"],
                    (await dynamo.GetAsync("a"))!["ss"]!["SS"]!.AsArray().Select(item => item!.ToString()).Order()
                );
                await dynamo.UpdateAsync("a", "DELETE ss :s", """ ":s": { "SS": [ "a", "z" ] } """);
                Assert.Equal(["b", "c"], (await dynamo.GetAsync("a"))!["ss"]!["SS"]!.AsArray().Select(item => item!.ToString()).Order());
                await dynamo.UpdateAsync("a", "DELETE ss :s", """ ":s": { "SS": [ "b", "c" ] } """);
                Assert.Null((await dynamo.GetAsync("a"))!["ss"]);
            }
        );

    [Theory, OnEachTarget]
    public Task Update_OfNoItem_MakesOne(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                Assert.Null((await dynamo.DynamoDbAsync("UpdateItem", $$"""{ "Key": { {{DynamoDbCalls.Key("b")}} } }""")).Code);
                Assert.Equal(2, (await dynamo.GetAsync("b"))!.Count);
            }
        );

    [Theory, OnEachTarget]
    public Task ReturnValues_OfEachKind_ShowTheirParts(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                await dynamo.PutAsync("a", """ "n": { "N": "1" }, "o": { "S": "other" } """);
                var number = 1;
                foreach (
                    var (returns, shown) in ((string, string)[])
                        [
                            ("NONE", ""),
                            ("ALL_OLD", "n o pk sk:old"),
                            ("UPDATED_OLD", "n:old"),
                            ("ALL_NEW", "n o pk sk:new"),
                            ("UPDATED_NEW", "n:new"),
                        ]
                )
                {
                    var answer = await dynamo.UpdateAsync("a", "SET n = n + :one", One, $$""", "ReturnValues": "{{returns}}" """);
                    number++;
                    var attributes = answer["Attributes"]?.AsObject() ?? [];
                    var value = attributes["n"]?["N"]?.ToString();
                    var names = string.Join(' ', attributes.Select(attribute => attribute.Key).Order(StringComparer.Ordinal));
                    Assert.Equal((returns, shown), (returns, value is null ? names : $"{names}:{(value == $"{number}" ? "new" : "old")}"));
                }

                Assert.Equal(
                    "other",
                    (
                        await dynamo.DynamoDbAsync(
                            "DeleteItem",
                            $$"""{ "Key": { {{DynamoDbCalls.Key("a")}} }, "ReturnValues": "ALL_OLD" }"""
                        )
                    )["Attributes"]!["o"]!["S"]!.ToString()
                );
                Assert.Equal("ValidationException", (await dynamo.PutAsync("a", "", """, "ReturnValues": "ALL_NEW" """)).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Mistakes_EachOfThem_AreNamedAndChangeNothing(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await MakeAsync(dynamo);
                (string Update, string Value, string Message)[] mistakes =
                [
                    (
                        "SET pk = :v",
                        """{ "S": "x" }""",
                        "One or more parameter values were invalid: Cannot update attribute pk. This attribute is part of the key"
                    ),
                    (
                        "SET n = :v, n = :v",
                        """{ "N": "1" }""",
                        "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these "
                            + "paths; path one: [n], path two: [n]"
                    ),
                    (
                        "SET l[0] = :v REMOVE l",
                        """{ "N": "1" }""",
                        "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these "
                            + "paths; path one: [l, [0]], path two: [l]"
                    ),
                    (
                        "SET n = :v SET m = :v",
                        """{ "N": "1" }""",
                        "Invalid UpdateExpression: The \"SET\" section can only be used once in an update expression;"
                    ),
                    (
                        "SET n = nowhere + :v",
                        """{ "N": "1" }""",
                        "The provided expression refers to an attribute that does not exist in the item"
                    ),
                    ("SET n = gone + :v", """{ "N": "1" }""", "An operand in the update expression has an incorrect data type"),
                    ("SET nowhere.x = :v", """{ "N": "1" }""", "The document path provided in the update expression is invalid for update"),
                    ("ADD gone :v", """{ "N": "1" }""", "An operand in the update expression has an incorrect data type"),
                    ("ADD ss :v", """{ "NS": [ "1" ] }""", "An operand in the update expression has an incorrect data type"),
                    (
                        "SET g = :v",
                        """{ "N": "1" }""",
                        "One or more parameter values were invalid: Type mismatch for Index Key g Expected: S Actual: N IndexName: "
                    ),
                ];
                foreach (var (update, value, message) in mistakes)
                {
                    var refused = await dynamo.UpdateAsync("a", update, $$""" ":v": {{value}} """);
                    Assert.Equal(
                        ("ValidationException", message),
                        (refused.Code, refused.Message[..Math.Min(message.Length, refused.Message.Length)])
                    );
                }

                Assert.True(JsonNode.DeepEquals(JsonNode.Parse("{" + Things + "}")!["l"], (await dynamo.GetAsync("a"))!["l"]));
            }
        );

    private static async Task MakeAsync(IContractTarget dynamo)
    {
        await dynamo.CreateTableAsync();
        await dynamo.PutAsync("a", Things);
    }

    /// <summary>Updates, and compares one attribute of what comes out.</summary>
    private static async Task AssertAsync(
        IContractTarget dynamo,
        string update,
        string values,
        string attribute,
        string expected,
        string more = ""
    )
    {
        var answer = await dynamo.UpdateAsync("a", update, values, more + """, "ReturnValues": "ALL_NEW" """);
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(expected), answer["Attributes"]![attribute]),
            $"{update}: {answer["Attributes"]![attribute]?.ToJsonString()}"
        );
    }
}
