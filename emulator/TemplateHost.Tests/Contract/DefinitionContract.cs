using System.ComponentModel;
using System.Text.Json.Nodes;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

namespace TemplateHost.Tests.Contract;

/// <summary>
/// What a definition must be: https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html and
/// API_ValidateStateMachineDefinition.html.
/// </summary>
[DisplayName("Step Functions, definitions")]
public sealed class DefinitionContract(ContractTargets targets) : ServiceContract(targets)
{
    [Theory, OnEachTarget]
    public Task Target_Missing_IsRefused(string on) =>
        RefuseAsync(
            on,
            """{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"}}}""",
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next"
        );

    [Theory, OnEachTarget]
    public Task Start_Missing_IsRefused(string on) =>
        RefuseAsync(
            on,
            """{"StartAt":"X","States":{"A":{"Type":"Pass","End":true}}}""",
            "MISSING_TRANSITION_TARGET: Missing 'StartAt' target: X at /StartAt"
        );

    [Theory, OnEachTarget]
    public Task State_Unreachable_IsRefused(string on) =>
        RefuseAsync(
            on,
            """{"StartAt":"A","States":{"A":{"Type":"Pass","End":true},"B":{"Type":"Succeed"}}}""",
            "MISSING_TRANSITION_TARGET: State \"B\" is not reachable. at /States/B"
        );

    [Theory, OnEachTarget]
    public Task Field_Unknown_IsRefused(string on) =>
        RefuseAsync(on, """{"StartAt":"A","States":{"A":{"Type":"Pass","End":true,"Colour":"red"}}}""", "at /States/A/Colour");

    [Theory, OnEachTarget]
    public Task Type_Unknown_IsRefused(string on) =>
        RefuseAsync(on, """{"StartAt":"A","States":{"A":{"Type":"Nap","End":true}}}""", "at /States/A/Type");

    [Theory, OnEachTarget]
    public Task Path_ThatIsNone_IsRefused(string on) =>
        RefuseAsync(on, """{"StartAt":"A","States":{"A":{"Type":"Pass","InputPath":"x","End":true}}}""", "at /States/A/InputPath");

    [Theory, OnEachTarget]
    public Task Path_InParameters_IsRefused(string on) =>
        RefuseAsync(
            on,
            """{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"v.$":"x"},"End":true}}}""",
            "at /States/A/Parameters"
        );

    [Theory, OnEachTarget]
    public Task Definition_NotJson_IsRefused(string on) => RefuseAsync(on, "{", "INVALID_JSON_DESCRIPTION");

    [Theory, OnEachTarget]
    public Task Validation_OfAGoodDefinition_IsOk(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var validated = await target.CallAsync(
                    "states",
                    "ValidateStateMachineDefinition",
                    new JsonObject { ["definition"] = WorkflowCalls.Short }
                );
                Assert.Equal("OK", validated.Text("result"));
                Assert.Empty(validated["diagnostics"]!.AsArray());
            }
        );

    [Theory, OnEachTarget]
    public Task Validation_OfABadDefinition_TellsWhatAndWhere(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                var validated = await target.CallAsync(
                    "states",
                    "ValidateStateMachineDefinition",
                    new JsonObject { ["definition"] = """{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"}}}""" }
                );
                Assert.Equal("FAIL", validated.Text("result"));
                var found = Assert.Single(validated["diagnostics"]!.AsArray())!;
                Assert.Equal(
                    ("ERROR", "MISSING_TRANSITION_TARGET", "/States/A/Next"),
                    (found["severity"]!.ToString(), found["code"]!.ToString(), found["location"]!.ToString())
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Express_WaitingForAToken_IsRefused(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                const string Definition = """
                    {"StartAt":"T","States":{"T":{"Type":"Task","End":true,"Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                      "Parameters":{"QueueUrl":"u","MessageBody":"m"}}}}
                    """;
                var refused = await target.CallAsync(
                    "states",
                    "CreateStateMachine",
                    new JsonObject
                    {
                        ["name"] = "m",
                        ["definition"] = Definition,
                        ["roleArn"] = target.RoleArn,
                        ["type"] = "EXPRESS",
                    }
                );
                Assert.Equal("InvalidDefinition", refused.Code);
                Assert.Contains(
                    "Express state machine does not support '.waitForTaskToken' service integration at /States/T/Resource",
                    refused.Message,
                    StringComparison.Ordinal
                );
                var validated = await target.CallAsync(
                    "states",
                    "ValidateStateMachineDefinition",
                    new JsonObject { ["definition"] = Definition, ["type"] = "EXPRESS" }
                );
                Assert.Equal("FAIL", validated.Text("result"));
            }
        );

    private Task RefuseAsync(
        string on,
        string definition,
        string named,
        [System.Runtime.CompilerServices.CallerMemberName] string name = ""
    ) =>
        HoldAsync(
            on,
            async target =>
            {
                var refused = await target.CreateMachineAsync(definition);
                Assert.Equal("InvalidDefinition", refused.Code);
                Assert.StartsWith("Invalid State Machine Definition: '", refused.Message, StringComparison.Ordinal);
                Assert.Contains(named, refused.Message, StringComparison.Ordinal);
            },
            name
        );
}
