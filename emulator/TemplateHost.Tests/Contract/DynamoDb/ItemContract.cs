using System.ComponentModel;
using System.Text.Json.Nodes;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

namespace TemplateHost.Tests.Contract.DynamoDb;

/// <summary>
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html and Constraints.html.
/// </summary>
[DisplayName("DynamoDB")]
public sealed class ItemContract(ContractTargets targets) : ServiceContract(targets)
{
    private const string Exists =
        ", \"ConditionExpression\": \"attribute_not_exists(pk)\", \"ReturnValuesOnConditionCheckFailure\": \"ALL_OLD\"";

    [Theory, OnEachTarget]
    public Task Item_OfAllTypes_ComesBack(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                const string All = """
                    "t": { "S": "tëxt" }, "e": { "S": "" }, "b": { "B": "AP8=" }, "yes": { "BOOL": true }, "no": { "BOOL": false },
                      "nil": { "NULL": true },
                    "l": { "L": [ { "S": "x" }, { "L": [] } ] }, "m": { "M": { "k": { "M": {} } } }, "ss": { "SS": [ "a" ] },
                      "ns": { "NS": [ "1" ] }, "bs": { "BS": [ "AQ==" ] }
                    """;
                await dynamo.PutAsync("a", All);
                var kept = (await dynamo.GetAsync("a"))!;
                foreach (var (name, value) in JsonNode.Parse("{" + All + "}")!.AsObject())
                {
                    Assert.True(JsonNode.DeepEquals(value, kept[name]), $"{name}: {kept[name]?.ToJsonString()}");
                }
            }
        );

    [Theory, OnEachTarget]
    public Task Numbers_AreKeptExactlyAndCompared(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                foreach (
                    var (written, read) in ((string, string)[])
                        [
                            ("-12.50", "-12.5"),
                            ("0.1234567890123456789012345678901234567", "0.1234567890123456789012345678901234567"),
                            ("1E3", "1000"),
                            ("-0", "0"),
                            ("00012", "12"),
                        ]
                )
                {
                    await dynamo.PutAsync("a", $$""" "n": { "N": "{{written}}" } """);
                    Assert.Equal(read, (await dynamo.GetAsync("a"))!["n"]!["N"]!.ToString());
                }
            }
        );

    [Theory, OnEachTarget]
    public Task Numbers_OutOfRange_AreRefused(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                (string Number, string Message)[] wrong =
                [
                    (new string('1', 39), "Attempting to store more than 38 significant digits in a Number"),
                    ("1E126", "Number overflow. Attempting to store a number with magnitude larger than supported range"),
                    ("1E-131", "Number underflow. Attempting to store a number with magnitude smaller than supported range"),
                ];
                foreach (var (number, message) in wrong)
                {
                    var refused = await dynamo.PutAsync("a", $$""" "n": { "N": "{{number}}" } """);
                    Assert.Equal(("ValidationException", message), (refused.Code, refused.Message));
                }
            }
        );

    [Theory, OnEachTarget]
    public Task Number_ThatIsNone_IsRefused(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                var refused = await dynamo.PutAsync("a", """ "n": { "N": "one" } """);
                Assert.Equal(
                    ("ValidationException", "The parameter cannot be converted to a numeric value: one"),
                    (refused.Code, refused.Message)
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Sets_EmptyOrWithDuplicates_AreRefused(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                var empty = await dynamo.PutAsync("a", """ "s": { "SS": [ ] } """);
                Assert.Equal(
                    ("ValidationException", "One or more parameter values were invalid: An string set  may not be empty"),
                    (empty.Code, empty.Message)
                );
                var twice = await dynamo.PutAsync("a", """ "s": { "SS": [ "a", "a" ] } """);
                Assert.Equal(
                    ("ValidationException", "One or more parameter values were invalid: Input collection [a, a] contains duplicates."),
                    (twice.Code, twice.Message)
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Keys_ThatDoNotFit_AreRefused(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                (string Item, string Message)[] wrong =
                [
                    (""" "pk": { "S": "a" } """, "One or more parameter values were invalid: Missing the key sk in the item"),
                    (
                        """ "pk": { "N": "1" }, "sk": { "N": "1" } """,
                        "One or more parameter values were invalid: Type mismatch for key pk expected: S actual: N"
                    ),
                    (
                        """ "pk": { "S": "" }, "sk": { "N": "1" } """,
                        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty "
                            + "string value. Key: pk"
                    ),
                ];
                foreach (var (item, message) in wrong)
                {
                    var refused = await dynamo.DynamoDbAsync("PutItem", $$"""{ "Item": { {{item}} } }""");
                    Assert.Equal(("ValidationException", message), (refused.Code, refused.Message));
                }

                foreach (
                    var key in (string[])
                        [
                            """ "pk": { "S": "a" } """,
                            """ "pk": { "S": "a" }, "sk": { "S": "1" } """,
                            """ "pk": { "S": "a" }, "sk": { "N": "1" }, "x": { "S": "1" } """,
                        ]
                )
                {
                    var refused = await dynamo.DynamoDbAsync("GetItem", $$"""{ "Key": { {{key}} } }""");
                    Assert.Equal(
                        ("ValidationException", "The provided key element does not match the schema"),
                        (refused.Code, refused.Message)
                    );
                }
            }
        );

    [Theory, OnEachTarget]
    public Task Item_OfMoreThan400KB_IsRefused(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                // Names count too: pk a sk 1 t is 8 octets with its values.
                var largest = new string('x', (400 * 1024) - 8);
                Assert.Null((await dynamo.PutAsync("a", $$""" "t": { "S": "{{largest}}" } """)).Code);
                var refused = await dynamo.PutAsync("a", $$""" "t": { "S": "{{largest}}x" } """);
                Assert.Equal(("ValidationException", "Item size has exceeded the maximum allowed size"), (refused.Code, refused.Message));
                var grown = await dynamo.UpdateAsync("a", "SET u = :v", """ ":v": { "S": "x" } """);
                Assert.Equal(
                    ("ValidationException", "Item size to update has exceeded the maximum allowed size"),
                    (grown.Code, grown.Message)
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Condition_ThatFails_ShowsTheOldItem(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                await dynamo.PutAsync("a", """ "v": { "S": "old" } """);
                var refused = await dynamo.PutAsync("a", "", Exists);
                Assert.Equal(("ConditionalCheckFailedException", "The conditional request failed"), (refused.Code, refused.Message));
                Assert.Equal("old", refused.Body["Item"]!["v"]!["S"]!.ToString());
            }
        );

    [Theory, OnEachTarget]
    public Task Projection_OfPaths_ShowsThoseParts(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                await dynamo.PutAsync(
                    "a",
                    """
                    "m": { "M": { "x": { "S": "1" }, "y": { "S": "2" } } }, "l": { "L": [ { "S": "0" }, { "S": "1" },
                      { "S": "2" } ] }, "o": { "S": "x" }
                    """
                );
                var shown = await dynamo.GetAsync("a", """, "ProjectionExpression": "m.x, l[0], l[2], nowhere" """);
                Assert.True(
                    JsonNode.DeepEquals(
                        JsonNode.Parse("""{ "m": { "M": { "x": { "S": "1" } } }, "l": { "L": [ { "S": "0" }, { "S": "2" } ] } }"""),
                        shown
                    ),
                    shown!.ToJsonString()
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Capacity_OfReadsAndWrites_IsCounted(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                var text = new string('x', 5000);
                var put = await dynamo.PutAsync("a", $$""" "t": { "S": "{{text}}" } """, """, "ReturnConsumedCapacity": "TOTAL" """);
                Assert.Equal(
                    ("things", 5),
                    (put["ConsumedCapacity"]!["TableName"]!.ToString(), put["ConsumedCapacity"]!["CapacityUnits"]!.GetValue<double>())
                );
                foreach (var (consistent, units) in ((string, double)[])[("true", 2), ("false", 1)])
                {
                    var got = await dynamo.DynamoDbAsync(
                        "GetItem",
                        $$"""
                        { "Key": { {{DynamoDbCalls.Key("a")}} }, "ConsistentRead": {{consistent}},
                          "ReturnConsumedCapacity": "TOTAL" }
                        """
                    );
                    Assert.Equal(units, got["ConsumedCapacity"]!["CapacityUnits"]!.GetValue<double>());
                }
            }
        );

    [Theory, OnEachTarget]
    public Task Batches_OfWritesAndReads_KeepTheirLimits(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                Assert.Equal("{}", (await WriteAsync(dynamo, Enumerable.Range(0, 25))).Accepted()["UnprocessedItems"]!.ToJsonString());
                Assert.Equal("ValidationException", (await WriteAsync(dynamo, Enumerable.Range(0, 26))).Code);
                var twice = await WriteAsync(dynamo, [1, 1]);
                Assert.Equal(("ValidationException", "Provided list of item keys contains duplicates"), (twice.Code, twice.Message));

                var read = await ReadAsync(dynamo, Enumerable.Range(20, 10));
                Assert.Equal(5, read["Responses"]!["things"]!.AsArray().Count);
                Assert.Equal("{}", read["UnprocessedKeys"]!.ToJsonString());
                Assert.Equal("ValidationException", (await ReadAsync(dynamo, Enumerable.Range(0, 101))).Code);
                Assert.Equal("Provided list of item keys contains duplicates", (await ReadAsync(dynamo, [1, 1])).Message);
            }
        );

    private static Task<ContractAnswer> WriteAsync(IContractTarget dynamo, IEnumerable<int> numbers) =>
        dynamo.DynamoDbAsync(
            "BatchWriteItem",
            $$"""
            { "RequestItems": { "things": [ {{string.Join(
                ", ",
                numbers.Select(number => $$"""{ "PutRequest": { "Item": { {{DynamoDbCalls.Key($"p{number}")}} } } }""")
            )}} ] } }
            """
        );

    private static Task<ContractAnswer> ReadAsync(IContractTarget dynamo, IEnumerable<int> numbers) =>
        dynamo.DynamoDbAsync(
            "BatchGetItem",
            $$"""
            { "RequestItems": { "things": { "Keys": [ {{string.Join(
                ", ",
                numbers.Select(number => $$"""{ {{DynamoDbCalls.Key($"p{number}")}} }""")
            )}} ] } } }
            """
        );
}
