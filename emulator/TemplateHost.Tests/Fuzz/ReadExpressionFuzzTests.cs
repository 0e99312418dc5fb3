using System.Text.Json.Nodes;
using TemplateHost.Testing.Fuzzing;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Fuzz;

/// <summary>
/// Queries and scans with expressions that are grown from the grammar: filters, conditions on keys and projections. What is taken gives no
/// item that the table does not have, and no attribute that a projection of names does not ask for.
/// </summary>
public sealed class ReadExpressionFuzzTests(ITestOutputHelper output)
{
    private const int Deepest = 5;

    private const string Table = """
        "Table": { "Type": "AWS::DynamoDB::Table", "Properties": { "TableName": "table", "BillingMode": "PAY_PER_REQUEST",
          "AttributeDefinitions": [{ "AttributeName": "pk", "AttributeType": "S" }, { "AttributeName": "sk", "AttributeType": "S" }],
          "KeySchema": [{ "AttributeName": "pk", "KeyType": "HASH" }, { "AttributeName": "sk", "KeyType": "RANGE" }] } }
        """;

    private const string Values =
        """{":a":{"S":"a"},":b":{"S":"b"},":n":{"N":"2"},":l":{"L":[{"N":"1"}]},":s":{"SS":["a"]},":z":{"NULL":true}}""";

    private static readonly string[] Names = ["t", "n", "l", "l[0]", "m", "m.k", "m.k[1].z", "ss", "#k", "#k.x", "absent"];
    private static readonly string[] Operands = [":a", ":b", ":n", ":l", ":s", ":z"];

    [Fact]
    public async Task Read_AnyExpression_IsAnsweredFromTheTableOrRefused()
    {
        await RunAsync(_ => { });
    }

    [Fact]
    public async Task Read_ByATableThatForgetsTheFilter_IsFound() =>
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => RunAsync(sent => sent.Remove("FilterExpression")));

    [Fact]
    public async Task Read_ByATableThatForgetsTheProjection_IsFound() =>
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => RunAsync(sent => sent.Remove("ProjectionExpression")));

    /// <param name="forget">A seeded defect: what of a call does not reach the table.</param>
    private async Task RunAsync(Action<JsonObject> forget)
    {
        await using var host = await TestHost.StartAsync(TestHost.Template(Table));
        await FillAsync(host);
        var (plan, taken) = (FuzzPlan.Of(500), 0);
        foreach (var number in plan.Numbers)
        {
            var random = plan.RandomOf(number);
            var isQuery = random.Next(2) == 0;
            var call = Call(random, isQuery);
            var sent = (JsonObject)call.DeepClone();
            forget(sent);
            using var answer = await host.SendAsync("dynamodb", isQuery ? "Query" : "Scan", sent);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(
                (int)answer.StatusCode < 500,
                $"{answer.StatusCode} {string.Join('\n', host.Faults)}\n{plan.Replay(number)} {call}"
            );
            if (answer.IsSuccessStatusCode)
            {
                taken++;
                Judge(call, JsonNode.Parse(text)!, $"{plan.Replay(number)} {call}\n{text}");
            }
        }

        Assert.True(plan.Count == 1 || taken * 10 > plan.Count, $"Only {taken} of {plan.Count} were taken.");
        output.WriteLine($"reads: {plan.Count} inputs, {taken} taken");
    }

    private static void Judge(JsonObject call, JsonNode answer, string said)
    {
        var items = answer["Items"]?.AsArray() ?? [];
        Assert.True((int)answer["Count"]! <= (int)answer["ScannedCount"]! && (int)answer["ScannedCount"]! <= 3, said);
        Assert.True(items.Count is 0 || items.Count == (int)answer["Count"]!, said);
        if ($"{call["ProjectionExpression"]}" == "t, n")
        {
            Assert.All(items, item => Assert.True(item!.AsObject().All(member => member.Key is "t" or "n"), said));
        }

        if ($"{call["FilterExpression"]}" == "NOT (attribute_exists(pk))")
        {
            Assert.True(items.Count == 0, said);
        }
    }

    private static JsonObject Call(Random random, bool isQuery)
    {
        var call = new JsonObject { ["TableName"] = "table" };
        Put("KeyConditionExpression", isQuery ? KeyCondition(random) : null);
        Put(
            "FilterExpression",
            random.Next(4) switch
            {
                0 => null,
                1 => "NOT (attribute_exists(pk))",
                _ => Condition(random, 0),
            }
        );
        Put(
            "ProjectionExpression",
            random.Next(4) switch
            {
                0 => Projection(random),
                1 => "t, n",
                _ => null,
            }
        );
        var said = call.ToJsonString();
        Give("ExpressionAttributeValues", JsonNode.Parse(Values)!.AsObject());
        Give("ExpressionAttributeNames", new JsonObject { ["#k"] = "k" });
        return call;

        // Seldom changed as a text too: the grammar alone does not make what is no expression.
        void Put(string name, string? expression)
        {
            if (expression is not null)
            {
                call[name] =
                    random.Next(8) == 0 ? TextMutator.Mutate(expression, random, ["(", ")", " AND ", ",", "[9]", ":a"]) : expression;
            }
        }

        void Give(string name, JsonObject known)
        {
            var used = known.Where(one => said.Contains(one.Key, StringComparison.Ordinal) || random.Next(40) == 0).ToList();
            if (used.Count > 0)
            {
                var given = new JsonObject(used.Select(one => KeyValuePair.Create(one.Key, one.Value?.DeepClone())));
                call[name] = random.Next(10) == 0 ? new JsonMutator(random).Mutate(given) : given;
            }
        }
    }

    private static string KeyCondition(Random random) =>
        "pk = :a"
        + random.Next(6) switch
        {
            0 => " AND sk > :a",
            1 => " AND begins_with(sk, :b)",
            2 => " AND sk BETWEEN :a AND :b",
            3 => " AND sk BETWEEN :b AND :a",
            4 => $" AND {Condition(random, Deepest - 1)}",
            _ => "",
        };

    private static string Condition(Random random, int depth) =>
        random.Next(depth >= Deepest ? 6 : 10) switch
        {
            0 => $"{Operand(random)} {Drawn(random, ["=", "<>", "<", "<=", ">", ">="])} {Operand(random)}",
            1 => $"{Operand(random)} BETWEEN {Operand(random)} AND {Operand(random)}",
            2 => $"{Operand(random)} IN ({string.Join(", ", Enumerable.Range(0, random.Next(1, 4)).Select(_ => Operand(random)))})",
            3 => $"{Drawn(random, ["attribute_exists", "attribute_not_exists"])}({Drawn(random, Names)})",
            4 => $"{Drawn(random, ["contains", "begins_with", "attribute_type"])}({Drawn(random, Names)}, {Operand(random)})",
            5 => $"size({Drawn(random, Names)}) > :n",
            6 => $"NOT {Condition(random, depth + 1)}",
            7 => $"({Condition(random, depth + 1)})",
            _ => $"{Condition(random, depth + 1)} {Drawn(random, ["AND", "OR"])} {Condition(random, depth + 1)}",
        };

    private static string Projection(Random random) =>
        string.Join(", ", Enumerable.Range(0, random.Next(1, 5)).Select(_ => Drawn(random, Names)));

    private static string Operand(Random random) => random.Next(2) == 0 ? Drawn(random, Names) : Drawn(random, Operands);

    private static string Drawn(Random random, string[] from) => from[random.Next(from.Length)];

    private static async Task FillAsync(TestHost host)
    {
        foreach (var sort in new[] { "a", "ab", "b" })
        {
            var item = JsonNode.Parse(
                """
                {"pk":{"S":"a"},"t":{"S":"text"},"n":{"N":"2"},"l":{"L":[{"N":"1"}]},
                 "ss":{"SS":["a"]},"m":{"M":{"k":{"L":[]}}},"k":{"M":{}}}
                """
            )!;
            item["sk"] = new JsonObject { ["S"] = sort };
            await host.CallAsync("dynamodb", "PutItem", new JsonObject { ["TableName"] = "table", ["Item"] = item });
        }
    }
}
