using System.Text.Json.Nodes;
using Xunit;

namespace FairShare.StateMachines.Tests;

/// <summary>What every state machine of the project keeps to.</summary>
public sealed class DefinitionTests
{
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(AppContext.BaseDirectory, "*.asl.json").Select(file => Path.GetFileName(file)!)];

    [Theory]
    [MemberData(nameof(Files))]
    public void EveryTask_HasTimeoutAndRetry(string file) =>
        Assert.All(
            TasksOf(file),
            task =>
            {
                Assert.True(
                    task.Value!["TimeoutSeconds"] is not null || task.Value["TimeoutSecondsPath"] is not null,
                    $"{task.Key} may hang for ever."
                );
                Assert.NotEmpty(task.Value["Retry"]!.AsArray());
            }
        );

    [Theory]
    [MemberData(nameof(Files))]
    public void EveryExternalName_IsASubstitution(string file) =>
        Assert.All(
            TasksOf(file),
            task =>
            {
                var text = task.Value!["Parameters"]!.ToJsonString();
                Assert.DoesNotContain("arn:aws:", text, StringComparison.Ordinal);
                foreach (var name in new[] { "TableName", "FunctionName", "EventBusName", "QueueUrl" }.Where(text.Contains))
                {
                    Assert.Matches(
                        $$"""
                        "{{name}}":"\$\{[A-Za-z]+\}"
                        """.Trim(),
                        text
                    );
                }
            }
        );

    private static IEnumerable<KeyValuePair<string, JsonNode?>> TasksOf(string file)
    {
        var machine = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, file)))!;
        return machine["States"]!.AsObject().Where(state => state.Value!["Type"]!.GetValue<string>() == "Task");
    }
}
