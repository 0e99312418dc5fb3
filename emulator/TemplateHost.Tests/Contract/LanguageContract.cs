using System.ComponentModel;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

namespace TemplateHost.Tests.Contract;

/// <summary>
/// What states do with data: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html and
/// https://states-language.net/spec.html.
/// </summary>
[DisplayName("Step Functions, data and functions")]
public sealed class LanguageContract(ContractTargets targets) : ServiceContract(targets)
{
    private const string Input = """{"a":[1,2,3,4,5],"t":"x","n":7,"o":{"p":1},"null":null,"j":"{\"p\":2,\"q\":3}"}""";

    [Theory, OnEachTarget]
    public Task Functions_OfArrays(string on) =>
        EvaluateAsync(
            on,
            """
            "array.$":"States.Array($.n, 'b', $.o)","part.$":"States.ArrayPartition($.a, 2)","has.$":"States.ArrayContains($.a, 3)",
              "range.$":"States.ArrayRange(1, 9, 2)",
            "item.$":"States.ArrayGetItem($.a, 1)","count.$":"States.ArrayLength($.a)","unique.$":"States.ArrayUnique(States.Array(1,1,2))"
            """,
            """{"array":[7,"b",{"p":1}],"part":[[1,2],[3,4],[5]],"has":true,"range":[1,3,5,7,9],"item":2,"count":5,"unique":[1,2]}"""
        );

    [Theory, OnEachTarget]
    public Task Functions_OfText(string on) =>
        EvaluateAsync(
            on,
            """
            "format.$":"States.Format('{} is {}', $.t, $.n)","split.$":"States.StringSplit('a,b;c', ',;')",
            "hash.$":"States.Hash('input', 'SHA-256')","coded.$":"States.Base64Encode('Data')","decoded.$":"States.Base64Decode('RGF0YQ==')"
            """,
            """
            {"format":"x is 7","split":["a","b","c"],"hash":"c96c6d5be8d08a12e7b5cdc1b207fa6b2430974c86803d8891675e76fd992c20",
              "coded":"RGF0YQ==","decoded":"Data"}
            """
        );

    [Theory, OnEachTarget]
    public Task Format_KeepsEscapedBraces(string on) =>
        EvaluateAsync(on, """ "v.$":"States.Format('\\{{}\\}', $.n)" """, """{"v":"{7}"}""");

    [Theory, OnEachTarget]
    public Task Functions_OfJsonAndNumbers(string on) =>
        EvaluateAsync(
            on,
            """
            "parsed.$":"States.StringToJson($.j)","written.$":"States.JsonToString($.o)",
              "merged.$":"States.JsonMerge($.o, States.StringToJson($.j), false)",
            "sum.$":"States.MathAdd($.n, -2)"
            """,
            """{"parsed":{"p":2,"q":3},"written":"{\"p\":1}","merged":{"p":2,"q":3},"sum":5}"""
        );

    [Theory, OnEachTarget]
    public Task Functions_OfChance_KeepTheirBounds(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var ended = await target.RunAsync(
                    """
                    {"StartAt":"A","States":{"A":{"Type":"Pass","End":true,"Parameters":{"same":"x",
                      "seeded.$":"States.MathRandom(1, 10, 5)","id.$":"States.UUID()"}}}}
                    """
                );
                var output = System.Text.Json.Nodes.JsonNode.Parse(ended.Text("output"))!;
                Assert.InRange(output["seeded"]!.GetValue<int>(), 1, 9);
                Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", output["id"]!.ToString());
            }
        );

    [Theory, OnEachTarget]
    public Task Paths_ReadSlicesFiltersAndNull(string on) =>
        EvaluateAsync(
            on,
            """
            "slice.$":"$.a[1:3]","all.$":"$.a[*]","last.$":"$.a[-1]","filtered.$":"$.a[?(@ > 3)]","nothing.$":"$.null","whole.$":"$.o"
            """,
            """{"slice":[2,3],"all":[1,2,3,4,5],"last":5,"filtered":[4,5],"nothing":null,"whole":{"p":1}}"""
        );

    [Theory, OnEachTarget]
    public Task Fields_ShapeWhatGoesInAndOut(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var ended = await target.RunAsync(
                    """
                    {"StartAt":"A","States":{
                      "A":{"Type":"Pass","Result":{"r":1},"ResultPath":"$.kept.result","Next":"B"},
                      "B":{"Type":"Pass","InputPath":"$.kept","OutputPath":"$.result","Next":"C"},
                      "C":{"Type":"Pass","Result":"dropped","ResultPath":null,"End":true}}}
                    """,
                    """{"kept":{"k":0}}"""
                );
                JsonInput.Equal("""{"r":1}""", ended.Text("output"));
            }
        );

    [Theory, OnEachTarget]
    public Task Context_TellsOfTheExecution(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var ended = await target.RunAsync(
                    """
                    {"StartAt":"A","States":{"A":{"Type":"Pass","End":true,"Parameters":{"id.$":"$$.Execution.Id",
                      "name.$":"$$.Execution.Name","input.$":"$$.Execution.Input.n",
                      "machine.$":"$$.StateMachine.Name","state.$":"$$.State.Name"}}}}
                    """,
                    """{"n":7}"""
                );
                JsonInput.Equal(
                    $$"""{"id":"{{ended.Text("executionArn")}}","name":"{{ended.Text("name")}}","input":7,"machine":"m","state":"A"}""",
                    ended.Text("output")
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Choice_ComparesByTypeAndCombines(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var ended = await target.RunAsync(
                    """
                    {"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[{"Next":"Yes","And":[
                        {"Variable":"$.t","StringEquals":"x"},{"Variable":"$.t","StringMatches":"*"},{"Variable":"$.t",
                          "StringLessThan":"y"},{"Variable":"$.n","NumericGreaterThanEquals":7},
                        {"Variable":"$.n","NumericEqualsPath":"$.n"},{"Variable":"$.null","IsNull":true},{"Variable":"$.none",
                          "IsPresent":false},{"Variable":"$.t","IsString":true},
                        {"Not":{"Variable":"$.n","NumericEquals":8}},{"Or":[{"Variable":"$.n","NumericEquals":8},{"Variable":"$.o.p",
                          "IsNumeric":true}]}]}],"Default":"No"},
                      "Yes":{"Type":"Pass","Result":{"r":"yes"},"End":true},"No":{"Type":"Pass","Result":{"r":"no"},"End":true}}}
                    """,
                    Input
                );
                JsonInput.Equal("""{"r":"yes"}""", ended.Text("output"));
            }
        );

    [Theory, OnEachTarget]
    public Task Choice_ComparesTimestamps(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var ended = await target.RunAsync(
                    """
                    {"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[{"Variable":"$.at",
                      "TimestampLessThan":"2026-01-02T00:00:00Z","Next":"Yes"}],"Default":"No"},
                      "Yes":{"Type":"Pass","Result":{"r":"yes"},"End":true},"No":{"Type":"Pass","Result":{"r":"no"},"End":true}}}
                    """,
                    """{"at":"2026-01-01T23:00:00Z"}"""
                );
                JsonInput.Equal("""{"r":"yes"}""", ended.Text("output"));
            }
        );

    [Theory, OnEachTarget]
    public Task Parallel_GivesItsBranchesOutputsInOrder(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var ended = await target.RunAsync(
                    """
                    {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"ResultSelector":{"first.$":"$[0]","second.$":"$[1].n"},
                      "Branches":[
                      {"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":1,"Next":"A2"},"A2":{"Type":"Pass","Result":1,"End":true}}},
                        {"StartAt":"B","States":{"B":{"Type":"Pass","End":true}}}]}}}
                    """,
                    """{"n":2}"""
                );
                JsonInput.Equal("""{"first":1,"second":2}""", ended.Text("output"));
            }
        );

    [Theory, OnEachTarget]
    public Task Map_GivesItsIterationsOutputsInOrder(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var ended = await target.RunAsync(
                    """
                    {"StartAt":"M","States":{"M":{"Type":"Map","End":true,"ItemsPath":"$.a","MaxConcurrency":2,
                      "ItemSelector":{"i.$":"$$.Map.Item.Index","v.$":"$$.Map.Item.Value","t.$":"$.t"},
                      "ItemProcessor":{"ProcessorConfig":{"Mode":"INLINE"},"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}}}}
                    """,
                    """{"a":["p","q"],"t":"x"}"""
                );
                JsonInput.Equal("""[{"i":0,"v":"p","t":"x"},{"i":1,"v":"q","t":"x"}]""", ended.Text("output"));
            }
        );

    private Task EvaluateAsync(
        string on,
        string parameters,
        string expected,
        [System.Runtime.CompilerServices.CallerMemberName] string name = ""
    ) =>
        HoldAsync(
            on,
            async target =>
            {
                var ended = await target.RunAsync(
                    $$"""{"StartAt":"A","States":{"A":{"Type":"Pass","End":true,"Parameters":{ {{parameters}} } } } }""",
                    Input
                );
                Assert.True(ended.Text("status") == "SUCCEEDED", ended.Body.ToJsonString());
                JsonInput.Equal(expected, ended.Text("output"));
            },
            name
        );
}
