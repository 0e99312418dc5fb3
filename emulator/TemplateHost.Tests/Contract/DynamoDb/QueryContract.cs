using System.ComponentModel;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

namespace TemplateHost.Tests.Contract.DynamoDb;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html.</summary>
[DisplayName("DynamoDB")]
public sealed class QueryContract(ContractTargets targets) : ServiceContract(targets)
{
    [Theory, OnEachTarget]
    public Task KeyConditions_OnTheSortKey_BoundTheRange(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                await PutAllAsync(dynamo, -1, 0.5m, 3, 20);
                foreach (
                    var (condition, expected) in ((string, string)[])
                        [
                            ("sk = :n", "3"),
                            ("sk < :n", "-1 0.5"),
                            ("sk <= :n", "-1 0.5 3"),
                            ("sk > :n", "20"),
                            ("sk >= :n", "3 20"),
                            ("sk BETWEEN :n AND :m", "3 20"),
                        ]
                )
                {
                    var more = condition.Contains(":m", StringComparison.Ordinal) ? """, ":m": { "N": "20" } """ : "";
                    var answer = await QueryAsync(dynamo, $"pk = :p AND {condition}", $$""", ":n": { "N": "3" }{{more}}""");
                    Assert.Equal((condition, expected), (condition, SortKeys(answer)));
                }

                Assert.Equal("20 3 0.5 -1", SortKeys(await QueryAsync(dynamo, "pk = :p", "", """, "ScanIndexForward": false""")));
            }
        );

    [Theory, OnEachTarget]
    public Task Pages_ByLimit_GoOnAtTheLastKey(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                await PutAllAsync(dynamo, 1, 2, 3, 4);
                var first = await QueryAsync(dynamo, "pk = :p", "", """, "Limit": 3""");
                Assert.Equal("1 2 3", SortKeys(first));
                var second = await QueryAsync(
                    dynamo,
                    "pk = :p",
                    "",
                    $$""", "Limit": 3, "ExclusiveStartKey": {{first["LastEvaluatedKey"]!.ToJsonString()}}"""
                );
                Assert.Equal("4", SortKeys(second));
                Assert.Null(second["LastEvaluatedKey"]);
                // A page that ends with the last item cannot know that it does.
                Assert.NotNull((await QueryAsync(dynamo, "pk = :p", "", """, "Limit": 4"""))["LastEvaluatedKey"]);
            }
        );

    [Theory, OnEachTarget]
    public Task Filter_AppliesAfterTheLimit(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                await PutAllAsync(dynamo, 1, 2, 3, 4);
                var answer = await QueryAsync(
                    dynamo,
                    "pk = :p",
                    """, ":two": { "N": "2" } """,
                    """, "Limit": 3, "FilterExpression": "v > :two" """
                );
                Assert.Equal(("3", "1", "3"), (SortKeys(answer), answer.Text("Count"), answer.Text("ScannedCount")));
                var refused = await QueryAsync(dynamo, "pk = :p", """, ":two": { "N": "2" } """, """, "FilterExpression": "sk > :two" """);
                Assert.Equal(
                    ("ValidationException", "Filter Expression can only contain non-primary key attributes: Primary key attribute: sk"),
                    (refused.Code, refused.Message)
                );
            }
        );

    [Theory, OnEachTarget]
    public Task SelectCount_ShowsNoItems(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                await PutAllAsync(dynamo, 1, 2);
                var answer = await QueryAsync(dynamo, "pk = :p", "", """, "Select": "COUNT" """);
                Assert.Equal(("2", "2", null), (answer.Text("Count"), answer.Text("ScannedCount"), answer["Items"]));
                Assert.Equal(
                    "ValidationException",
                    (await QueryAsync(dynamo, "pk = :p", "", """, "Select": "COUNT", "ProjectionExpression": "sk" """)).Code
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Pages_OfOneMegabyte_End(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                var text = new string('x', 300_000);
                for (var number = 1; number <= 5; number++)
                {
                    await dynamo.DynamoDbAsync(
                        "PutItem",
                        $$"""{ "Item": { "pk": { "S": "a" }, "sk": { "N": "{{number}}" }, "t": { "S": "{{text}}" } } }"""
                    );
                }

                var first = await QueryAsync(dynamo, "pk = :p", "", """, "ProjectionExpression": "sk" """);
                Assert.InRange(first["Items"]!.AsArray().Count, 3, 4);
                var second = await QueryAsync(
                    dynamo,
                    "pk = :p",
                    "",
                    $$""", "ProjectionExpression": "sk", "ExclusiveStartKey": {{first["LastEvaluatedKey"]!.ToJsonString()}}"""
                );
                Assert.Equal("1 2 3 4 5", $"{SortKeys(first)} {SortKeys(second)}");
            }
        );

    [Theory, OnEachTarget]
    public Task Indexes_OfEachProjection_ShowTheirAttributes(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                await dynamo.PutAsync("a", """ "g": { "S": "x" }, "a": { "S": "included" }, "o": { "S": "other" } """);
                await dynamo.PutAsync("b");
                foreach (var (index, names) in ((string, string)[])[("keys", "g pk sk"), ("some", "a g pk sk"), ("all", "a g o pk sk")])
                {
                    var answer = await OfIndexAsync(dynamo, "Query", index);
                    // The item without g is in no index.
                    Assert.Equal(
                        (index, names),
                        (
                            index,
                            string.Join(
                                ' ',
                                Assert
                                    .Single(answer["Items"]!.AsArray())!
                                    .AsObject()
                                    .Select(attribute => attribute.Key)
                                    .Order(StringComparer.Ordinal)
                            )
                        )
                    );
                    Assert.Equal("1", (await dynamo.DynamoDbAsync("Scan", $$"""{ "IndexName": "{{index}}" }""")).Text("Count"));
                }

                await dynamo.UpdateAsync("a", "REMOVE g");
                Assert.Equal("0", (await OfIndexAsync(dynamo, "Query", "all")).Text("Count"));
            }
        );

    [Theory, OnEachTarget]
    public Task Indexes_AskedForTooMuch_Refuse(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                var consistent = await OfIndexAsync(dynamo, "Query", "all", """, "ConsistentRead": true""");
                Assert.Equal(
                    ("ValidationException", "Consistent reads are not supported on global secondary indexes"),
                    (consistent.Code, consistent.Message)
                );
                Assert.Equal("ValidationException", (await OfIndexAsync(dynamo, "Query", "none")).Code);
                Assert.Equal(
                    "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary "
                        + "index keys because its projection type is not ALL",
                    (await OfIndexAsync(dynamo, "Query", "keys", """, "Select": "ALL_ATTRIBUTES" """)).Message
                );
            }
        );

    [Theory, OnEachTarget]
    public Task KeyConditions_ThatAreNone_AreRefused(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                foreach (
                    var (condition, message) in ((string, string)[])
                        [
                            ("sk = :p", "Query condition missed key schema element: pk"),
                            ("pk = :p AND v = :n", "Query condition missed key schema element: sk"),
                        ]
                )
                {
                    var more = condition.Contains(":n", StringComparison.Ordinal) ? """, ":n": { "N": "1" } """ : "";
                    var refused = await QueryAsync(dynamo, condition, more);
                    Assert.Equal(("ValidationException", message), (refused.Code, refused.Message));
                }

                foreach (
                    var condition in (string[])
                        [
                            "pk > :p",
                            "pk = :p OR sk = :n",
                            "pk = :p AND sk <> :n",
                            "pk = :p AND sk = :n AND sk = :n",
                            "pk = :p AND begins_with(sk, :n)",
                        ]
                )
                {
                    Assert.Equal(
                        (condition, "ValidationException"),
                        (
                            condition,
                            (
                                await QueryAsync(
                                    dynamo,
                                    condition,
                                    condition.Contains(":n", StringComparison.Ordinal) ? """, ":n": { "N": "1" } """ : ""
                                )
                            ).Code
                        )
                    );
                }
            }
        );

    [Theory, OnEachTarget]
    public Task Scan_InSegments_SeesEachItemOnce(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                for (var number = 0; number < 8; number++)
                {
                    await dynamo.PutAsync($"p{number}");
                }

                var seen = new List<string>();
                for (var segment = 0; segment < 3; segment++)
                {
                    var answer = await dynamo.DynamoDbAsync("Scan", $$"""{ "Segment": {{segment}}, "TotalSegments": 3 }""");
                    seen.AddRange(answer["Items"]!.AsArray().Select(item => item!["pk"]!["S"]!.ToString()));
                }

                Assert.Equal(Enumerable.Range(0, 8).Select(number => $"p{number}"), seen.Order());
                Assert.Equal("ValidationException", (await dynamo.DynamoDbAsync("Scan", """{ "Segment": 3, "TotalSegments": 3 }""")).Code);
            }
        );

    private static async Task PutAllAsync(IContractTarget dynamo, params decimal[] sortKeys)
    {
        foreach (var key in sortKeys)
        {
            var number = key.ToString(System.Globalization.CultureInfo.InvariantCulture);
            await dynamo.DynamoDbAsync(
                "PutItem",
                $$"""{ "Item": { "pk": { "S": "a" }, "sk": { "N": "{{number}}" }, "v": { "N": "{{number}}" } } }"""
            );
        }
    }

    /// <summary>Queries with values besides <c>:p</c>, which have a comma before them.</summary>
    private static Task<ContractAnswer> QueryAsync(IContractTarget dynamo, string condition, string values = "", string more = "") =>
        dynamo.DynamoDbAsync(
            "Query",
            $$"""{ "KeyConditionExpression": "{{condition}}", "ExpressionAttributeValues": { ":p": { "S": "a" }{{values}} }{{more}} }"""
        );

    private static Task<ContractAnswer> OfIndexAsync(IContractTarget dynamo, string operation, string index, string more = "") =>
        dynamo.DynamoDbAsync(
            operation,
            $$"""
            { "IndexName": "{{index}}", "KeyConditionExpression": "g = :g",
              "ExpressionAttributeValues": { ":g": { "S": "x" } }{{more}} }
            """
        );

    private static string SortKeys(ContractAnswer answer) =>
        string.Join(' ', answer["Items"]!.AsArray().Select(item => item!["sk"]!["N"]!.ToString()));
}
