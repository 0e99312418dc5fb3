using System.Reflection;
using System.Text.Json.Nodes;
using Xunit;

namespace FairShare.Cdk.Tests;

public sealed class HandlerNamesTests
{
    private static readonly Assembly Functions = typeof(FairShare.Functions.FunctionInstance).Assembly;

    [Fact]
    public void Template_Handlers_AreTheOnesThatExist()
    {
        var declared = new[]
        {
            new Template("dev"),
            Template.OfPeer("dev"),
            Template.OfCoordinator("dev"),
            Template.OfOperations("dev"),
            Template.OfNotices,
        }
            .SelectMany(template => template.Of("AWS::Lambda::Function"))
            .Select(function => function.Resource["Properties"]!["Handler"]!.GetValue<string>());
        var catalog = Functions.GetType("FairShare.Functions.HandlerCatalog")!;
        var existing = (IEnumerable<string>)catalog.GetProperty("Names")!.GetValue(null)!;
        Assert.Equal(existing.Order(StringComparer.Ordinal), declared.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void StateMachine_EveryCustomError_IsOneExceptionClass()
    {
        var types = AppDomain
            .CurrentDomain.GetAssemblies()
            .Append(Functions)
            .Where(assembly =>
                assembly.GetName().Name is { } name && (name.StartsWith("FairShare", StringComparison.Ordinal) || name == "bootstrap")
            )
            .Distinct()
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsSubclassOf(typeof(Exception)))
            .ToList();
        // Those with which a wait is ended from outside are no exceptions.
        var signals = typeof(FairShare.Aws.Exchange.WorkflowErrors)
            .GetFields()
            .Select(field => (string)field.GetRawConstantValue()!)
            .ToList();
        foreach (var error in ErrorNames().Where(name => !name.Contains('.', StringComparison.Ordinal) && !signals.Contains(name)))
        {
            Assert.Single(types, type => type.Name == error);
        }
    }

    [Fact]
    public void StateMachine_EveryTask_HasATimeoutAndRetries()
    {
        foreach (var (name, state) in Definitions().SelectMany(StatesOf))
        {
            if (state["Type"]!.GetValue<string>() == "Task")
            {
                Assert.True(state["TimeoutSeconds"] is not null || state["TimeoutSecondsPath"] is not null, $"{name} can wait for ever.");
                Assert.True(state["Retry"] is JsonArray { Count: > 0 }, $"{name} is not retried.");
            }
        }
    }

    [Fact]
    public void StateMachine_HappyPath_HasThreeTransitions()
    {
        var definition = Definition("exchange");
        var states = definition["States"]!;
        var path = new List<string> { definition["StartAt"]!.GetValue<string>() };
        while (states[path[^1]]!["Next"] is { } next)
        {
            path.Add(next.GetValue<string>());
        }

        Assert.Equal(["Open", "Commit", "Publish"], path);
    }

    private static IEnumerable<JsonNode> Definitions() => new[] { "exchange", "standing" }.Select(Definition);

    private static JsonNode Definition(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "statemachines", $"{name}.asl.json")))!;

    // Those of a Map's processor too.
    private static IEnumerable<KeyValuePair<string, JsonNode>> StatesOf(JsonNode machine) =>
        machine["States"]!
            .AsObject()
            .SelectMany(state =>
                (state.Value!["ItemProcessor"] is { } processor ? StatesOf(processor) : []).Prepend(
                    KeyValuePair.Create(state.Key, state.Value)
                )
            );

    private static IEnumerable<string> ErrorNames() =>
        Definitions()
            .SelectMany(StatesOf)
            .SelectMany(state => new[] { "Retry", "Catch" }.SelectMany(member => state.Value[member]?.AsArray() ?? []))
            .SelectMany(rule => rule!["ErrorEquals"]!.AsArray())
            .Select(error => error!.GetValue<string>());
}
