using System.ComponentModel;
using System.Runtime.CompilerServices;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

namespace TemplateHost.Tests.Contract.DynamoDb;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html.</summary>
[DisplayName("DynamoDB")]
public sealed class ConditionContract(ContractTargets targets) : ServiceContract(targets)
{
    private const string Things = """
        "n": { "N": "5" }, "t": { "S": "fair" }, "b": { "B": "AQID" }, "yes": { "BOOL": true }, "nil": { "NULL": true },
        "l": { "L": [ { "N": "1" }, { "M": { "deep": { "S": "x" } } } ] }, "m": { "M": { "in": { "M": { "n": { "N": "7" } } } } },
        "ss": { "SS": [ "a", "b" ] }, "ns": { "NS": [ "1", "2.50" ] }, "name": { "S": "word" }
        """;

    [Theory, OnEachTarget]
    public Task Comparators_EachOfThem_Decide(string on) =>
        DecideAsync(
            on,
            [
                ("n = :v", "5.0", true),
                ("n <> :v", "5", false),
                ("n < :v", "5.1", true),
                ("n <= :v", "5", true),
                ("n > :v", "-6", true),
                ("n >= :v", "5.01", false),
                ("n BETWEEN :v AND :v", "5", true),
                ("n BETWEEN :v AND :v", "4", false),
                ("n IN (:v, t)", "5", true),
                ("n IN (:v)", "6", false),
                ("nowhere = :v", "5", false),
                ("nowhere <> :v", "5", true),
                ("nowhere < :v", "5", false),
                ("t > :v", "5", false),
                ("t <> :v", "5", true),
            ]
        );

    [Theory, OnEachTarget]
    public Task Functions_EachOfThem_Decide(string on) =>
        DecideAsync(
            on,
            [
                ("attribute_exists(n)", "", true),
                ("attribute_exists(nowhere)", "", false),
                ("attribute_not_exists(nowhere)", "", true),
                ("attribute_exists(nil)", "", true),
                ("attribute_exists(m.#in.n)", "", true),
                ("attribute_exists(l[1].deep)", "", true),
                ("attribute_exists(l[2])", "", false),
                ("attribute_type(ss, :t)", "SS", true),
                ("attribute_type(ss, :t)", "L", false),
                ("attribute_type(nil, :t)", "NULL", true),
                ("begins_with(t, :t)", "fa", true),
                ("begins_with(t, :t)", "air", false),
                ("contains(t, :t)", "air", true),
                ("contains(ss, :t)", "b", true),
                ("contains(ss, :t)", "c", false),
                ("contains(ns, :v)", "2.5", true),
                ("contains(l, :v)", "1", true),
            ]
        );

    [Theory, OnEachTarget]
    public Task Size_OfEachType_IsThatOfTheDocumentation(string on) =>
        DecideAsync(
            on,
            [
                ("size(t) = :v", "4", true),
                ("size(b) = :v", "3", true),
                ("size(ss) = :v", "2", true),
                ("size(l) = :v", "2", true),
                ("size(m) = :v", "1", true),
                ("size(m.#in) < :v", "2", true),
                ("size(nowhere) = :v", "0", false),
                ("size(l[1].deep) BETWEEN :v AND :v", "1", true),
            ]
        );

    [Theory, OnEachTarget]
    public Task Precedence_OfLogicalOperators_IsNotAndOr(string on) =>
        DecideAsync(
            on,
            [
                ("attribute_exists(n) OR attribute_exists(x) AND attribute_exists(y)", "", true),
                ("(attribute_exists(n) OR attribute_exists(x)) AND attribute_exists(y)", "", false),
                ("NOT attribute_exists(x) AND attribute_exists(n)", "", true),
                ("NOT (attribute_exists(x) OR attribute_exists(n))", "", false),
                ("NOT n = :v", "6", true),
                ("NOT NOT n = :v", "5", true),
                ("n BETWEEN :v AND :v AND attribute_exists(t)", "5", true),
                ("attribute_exists(n) or attribute_exists(x) and n = :v", "6", true),
            ]
        );

    [Theory, OnEachTarget]
    public Task Mistakes_EachOfThem_AreNamed(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                (string Condition, string Message)[] mistakes =
                [
                    ("name = :t", "Invalid ConditionExpression: Attribute name is a reserved keyword; reserved keyword: name"),
                    (
                        "n = :none",
                        "Invalid ConditionExpression: An expression attribute value used in expression is not defined; attribute "
                            + "value: :none"
                    ),
                    (
                        "#none = :t",
                        "Invalid ConditionExpression: An expression attribute name used in the document path is not defined; attribute "
                            + "name: #none"
                    ),
                    ("nosuch(n, :t)", "Invalid ConditionExpression: Invalid function name; function: nosuch"),
                    (
                        "contains(n)",
                        "Invalid ConditionExpression: Incorrect number of operands for operator or function; operator or function: "
                            + "contains, number of operands: 1"
                    ),
                    (
                        "attribute_exists(n, :t)",
                        "Invalid ConditionExpression: Incorrect number of operands for operator or function; operator or function: "
                            + "attribute_exists, number of operands: 2"
                    ),
                    ("((n = :t))", "Invalid ConditionExpression: The expression has redundant parentheses;"),
                    (
                        "n = n",
                        "Invalid ConditionExpression: The first operand must be distinct from the remaining operands for this operator "
                            + "or function; operator: =, first operand: [n]"
                    ),
                    ("n = ", "Invalid ConditionExpression: Syntax error; token: \"<EOF>\", near: "),
                ];
                foreach (var (condition, message) in mistakes)
                {
                    var values = condition.Contains(":t", StringComparison.Ordinal) ? """ ":t": { "S": "x" } """ : "";
                    var refused = await dynamo.PutAsync(
                        "a",
                        "",
                        $$"""{{DynamoDbCalls.Values(values)}}, "ConditionExpression": "{{condition}}" """
                    );
                    Assert.Equal(
                        ("ValidationException", message),
                        (refused.Code, refused.Message[..Math.Min(message.Length, refused.Message.Length)])
                    );
                }
            }
        );

    [Theory, OnEachTarget]
    public Task Placeholders_UnusedOrWrong_AreRefused(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                (string More, string Message)[] mistakes =
                [
                    (
                        """, "ExpressionAttributeNames": { "#u": "x" } """,
                        "ExpressionAttributeNames can only be specified when using expressions"
                    ),
                    (
                        """, "ConditionExpression": "attribute_not_exists(pk)", "ExpressionAttributeNames": { "#u": "x" } """,
                        "Value provided in ExpressionAttributeNames unused in expressions: keys: {#u}"
                    ),
                    (
                        """, "ConditionExpression": "attribute_not_exists(pk)", "ExpressionAttributeValues": { ":u": { "S": "x" } } """,
                        "Value provided in ExpressionAttributeValues unused in expressions: keys: {:u}"
                    ),
                    (
                        """, "ConditionExpression": "n = :v", "ExpressionAttributeValues": { } """,
                        "ExpressionAttributeValues must not be empty"
                    ),
                    (
                        """
                        , "ConditionExpression": "u = :v", "ExpressionAttributeNames": { "u": "x" },
                          "ExpressionAttributeValues": { ":v": { "S": "x" } }
                        """,
                        "ExpressionAttributeNames contains invalid key: Syntax error; key: \"u\""
                    ),
                    (""", "ConditionExpression": "" """, "Invalid ConditionExpression: The expression can not be empty;"),
                ];
                foreach (var (more, message) in mistakes)
                {
                    var refused = await dynamo.PutAsync("a", "", more);
                    Assert.Equal(("ValidationException", message), (refused.Code, refused.Message));
                }
            }
        );

    [Theory, OnEachTarget]
    public Task Operands_OfWrongTypes_AreRefused(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                foreach (
                    var (condition, type) in ((string, string)[])
                        [("begins_with(t, :v)", "N"), ("n < :v", "BOOL"), ("n BETWEEN :v AND :v", "L")]
                )
                {
                    var value = type switch
                    {
                        "N" => "\"1\"",
                        "BOOL" => "true",
                        _ => "[]",
                    };
                    var refused = await dynamo.PutAsync(
                        "a",
                        "",
                        $$""", "ConditionExpression": "{{condition}}", "ExpressionAttributeValues": { ":v": { "{{type}}": {{value}} } } """
                    );
                    Assert.Equal("ValidationException", refused.Code);
                    Assert.Contains(
                        "Incorrect operand type for operator or function; operator or function: ",
                        refused.Message,
                        StringComparison.Ordinal
                    );
                }
            }
        );

    /// <summary>Puts an item over another, once on each condition.</summary>
    private Task DecideAsync(string on, (string Condition, string Value, bool Holds)[] conditions, [CallerMemberName] string name = "") =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                await dynamo.PutAsync("a", Things);
                foreach (var (condition, value, holds) in conditions)
                {
                    var values =
                        condition.Contains(":v", StringComparison.Ordinal) ? $$""" ":v": { "N": "{{value}}" } """
                        : condition.Contains(":t", StringComparison.Ordinal) ? $$""" ":t": { "S": "{{value}}" } """
                        : "";
                    var names = condition.Contains("#in", StringComparison.Ordinal)
                        ? """, "ExpressionAttributeNames": { "#in": "in" }"""
                        : "";
                    var answer = await dynamo.PutAsync(
                        "a",
                        Things,
                        $$"""{{DynamoDbCalls.Values(values)}}{{names}}, "ConditionExpression": "{{condition}}" """
                    );
                    Assert.Equal((condition, holds ? null : "ConditionalCheckFailedException"), (condition, answer.Code));
                }
            },
            name
        );
}
