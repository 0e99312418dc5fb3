using System.Text;
using System.Text.Json.Nodes;
using TemplateHost.Kernel;
using TemplateHost.Kernel.EventPatterns;
using TemplateHost.StepFunctions.Language;
using TemplateHost.Testing.Fuzzing;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Fuzz;

/// <summary>Whatever stands in the place of an expression, a pattern or a definition is taken, or refused as AWS refuses it.</summary>
public sealed class ExpressionFuzzTests(ITestOutputHelper output)
{
    private const string Table = """
        "Table": { "Type": "AWS::DynamoDB::Table", "Properties": { "TableName": "table", "BillingMode": "PAY_PER_REQUEST",
          "AttributeDefinitions": [{ "AttributeName": "pk", "AttributeType": "S" }],
          "KeySchema": [{ "AttributeName": "pk", "KeyType": "HASH" }] } }
        """;

    private const string Values = """{":a":{"S":"x"},":n":{"N":"2"},":l":{"L":[{"N":"1"}]},":s":{"SS":["a"]}}""";

    private const string Input = """{"a":{"b":[1,2,{"c":"x"}]},"s":"hi","n":5,"z":null,"e":[]}""";

    // Up to 4,096 sets of beginnings that a wildcard may match are looked at before a pattern is refused as too complex.
    private static readonly (long Fixed, long PerOctet) Wildcards = (4 << 20, 200);

    private static readonly string[] Words =
    [
        .. "( ) AND OR NOT , . [0] [99999999999] :a :n #k = <> IN BETWEEN + SET REMOVE ADD DELETE".Split(' ').Select(word => $" {word} "),
        .. "size( list_append( if_not_exists( contains( begins_with( attribute_type( [ ]".Split(' '),
    ];

    private static readonly string[] Conditions =
    [
        "attribute_exists(t) AND NOT contains(l, :a)",
        "n BETWEEN :n AND :n OR size(t) > :n",
        "begins_with(#k, :a) AND (m.k[1] = :n OR n IN (:n, :a))",
    ];

    private static readonly string[] Updates =
    [
        "SET t = if_not_exists(t, :a), n = n + :n REMOVE m.k[0]",
        "SET l = list_append(l, :l) ADD n :n DELETE ss :s",
        "SET m.#k = :a, #k = :l",
    ];

    private static readonly string[] Paths =
    [
        "$.a.b[0]",
        "$.a.b[?(@.c == 'x' && @.p > 3)].k",
        "$..c",
        "States.Format('{} is {}', $.s, $.n)",
        "States.ArrayPartition($.a.b, 3)",
        "States.ArrayRange(1, 9, 2)",
        "States.JsonMerge($.a, $, false)",
        "States.Hash($.s, 'SHA-256')",
        "States.StringSplit($.s, ',')",
    ];

    [Fact]
    public async Task DynamoDb_AnyExpression_IsTakenOrRefusedAndARefusalChangesNothing()
    {
        await using var host = await TestHost.StartAsync(TestHost.Template(Table));
        var (plan, taken) = (FuzzPlan.Of(500), 0);
        foreach (var number in plan.Numbers)
        {
            var random = plan.RandomOf(number);
            await PutAsync(host);
            var before = await ItemAsync(host);
            var call = Update(random);
            using var answer = await host.SendAsync("dynamodb", "UpdateItem", (JsonObject)call.DeepClone());
            Assert.True(
                (int)answer.StatusCode < 500,
                $"{answer.StatusCode} {string.Join('\n', host.Faults)}\n{plan.Replay(number)} {call}"
            );
            taken += answer.IsSuccessStatusCode ? 1 : 0;
            var isSame = JsonNode.DeepEquals(before, await ItemAsync(host));
            Assert.True(answer.IsSuccessStatusCode || isSame, $"Refused, and yet changed: {plan.Replay(number)} {call}");
        }

        Assert.Empty(host.Faults);
        output.WriteLine($"expressions: {plan.Count} inputs, {taken} taken");
    }

    [Fact]
    public void Match_AnyPattern_IsReadOrRefused()
    {
        var pattern = JsonNode.Parse(
            """
            {"d":{"x":[{"prefix":"a"},{"numeric":[">",0,"<=",5]},{"anything-but":["a"]},{"wildcard":"a*c"}]},
              "$or":[{"a":["1"]},{"b":["2"]}]}
            """
        );
        var sample = JsonNode.Parse("""{"d":{"x":"abbc"},"a":"1"}""")!.AsObject();
        Run(
            "patterns",
            Encoding.UTF8.GetBytes(pattern!.ToJsonString()),
            random => Json(pattern, random),
            input => EventPattern.Parse(Text(input)).Matches(sample),
            Wildcards,
            typeof(AwsException),
            typeof(FormatException)
        );
    }

    [Fact]
    public void Evaluate_AnyPathOrFunction_IsReadOrRefused()
    {
        Run(
            "paths and functions",
            Encoding.UTF8.GetBytes(Paths[0]),
            random =>
                Encoding.UTF8.GetBytes(
                    TextMutator.Mutate(Paths[random.Next(Paths.Length)], random, [.. "States. ( ) ' , $ @ [ ]".Split(' ')])
                ),
            input => Evaluate(Text(input)),
            ReaderFuzz.Usual,
            typeof(StateFailedException),
            typeof(FormatException)
        );
    }

    [Fact]
    public async Task StepFunctions_AnyDefinition_IsTakenOrRefused()
    {
        await using var host = await TestHost.StartAsync();
        var definition = JsonNode.Parse(
            await File.ReadAllTextAsync(Repository.PathOf("statemachines/exchange.asl.json"), TestContext.Current.CancellationToken)
        );
        var plan = FuzzPlan.Of(150);
        foreach (var number in plan.Numbers)
        {
            var text = Text(Json(definition, plan.RandomOf(number)));
            using var answer = await host.SendAsync("states", "ValidateStateMachineDefinition", new JsonObject { ["definition"] = text });
            Assert.True(
                (int)answer.StatusCode < 500,
                $"{answer.StatusCode} {string.Join('\n', host.Faults)}\n{plan.Replay(number)}\n{text}"
            );
        }

        Assert.Empty(host.Faults);
    }

    private static bool Evaluate(string expression)
    {
        var scope = new Scope(JsonNode.Parse(Input), [], new IntrinsicFunctions(new SystemRandomSource()));
        scope.TryEvaluate(expression, out _);
        return true;
    }

    private static JsonObject Update(Random random)
    {
        var (update, condition) = (Drawn(Updates), random.Next(3) == 0 ? Drawn(Conditions) : "attribute_exists(pk)");
        // A name or a value that no expression uses is refused before anything is read.
        var values = JsonNode
            .Parse(Values)!
            .AsObject()
            .Where(value => random.Next(20) == 0 || $"{update} {condition}".Contains(value.Key, StringComparison.Ordinal));
        var given = new JsonObject(values.Select(value => KeyValuePair.Create(value.Key, value.Value?.DeepClone())));
        var call = new JsonObject
        {
            ["TableName"] = "table",
            ["Key"] = Key(),
            ["UpdateExpression"] = update,
            ["ConditionExpression"] = condition,
        };
        if (given.Count > 0)
        {
            call["ExpressionAttributeValues"] = random.Next(5) == 0 ? new JsonMutator(random).Mutate(given) : given;
        }

        if ($"{update} {condition}".Contains("#k", StringComparison.Ordinal))
        {
            call["ExpressionAttributeNames"] = new JsonObject { ["#k"] = "k" };
        }

        return call;

        string Drawn(string[] from) =>
            from[random.Next(from.Length)] is var whole && random.Next(4) == 0 ? whole : TextMutator.Mutate(whole, random, Words);
    }

    private static JsonObject Key() => new() { ["pk"] = new JsonObject { ["S"] = "a" } };

    private static Task<JsonObject> PutAsync(TestHost host) =>
        host.CallAsync(
            "dynamodb",
            "PutItem",
            new JsonObject
            {
                ["TableName"] = "table",
                ["Item"] = JsonNode.Parse(
                    """{"pk":{"S":"a"},"t":{"S":"text"},"n":{"N":"2"},"l":{"L":[]},"ss":{"SS":["a"]},"m":{"M":{"k":{"L":[]}}}}"""
                ),
            }
        );

    private static async Task<JsonObject> ItemAsync(TestHost host) =>
        await host.CallAsync(
            "dynamodb",
            "GetItem",
            new JsonObject
            {
                ["TableName"] = "table",
                ["Key"] = Key(),
                ["ConsistentRead"] = true,
            }
        );

    private static byte[] Json(JsonNode? whole, Random random)
    {
        var text = new JsonMutator(random).Mutate(whole)?.ToJsonString() ?? "null";
        return Encoding.UTF8.GetBytes(random.Next(6) == 0 ? TextMutator.Mutate(text, random, ["\\ud800", "{", "[", ",", "\""]) : text);
    }

    private static string Text(byte[] octets) => Encoding.UTF8.GetString(octets);

    private void Run(
        string name,
        byte[] whole,
        Func<Random, byte[]> draw,
        Func<byte[], object?> read,
        (long, long) memory,
        params Type[] declared
    )
    {
        var fuzz = new ReaderFuzz(name, FuzzPlan.Of(400), declared) { Memory = memory };
        output.WriteLine($"{fuzz.Run(whole, draw, read)}");
    }
}
