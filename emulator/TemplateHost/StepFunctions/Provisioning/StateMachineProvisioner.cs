using System.Text.Json.Nodes;
using TemplateHost.Deployment;
using TemplateHost.Kernel;
using TemplateHost.Kernel.JsonPaths;
using TemplateHost.StepFunctions.Model;
using TemplateHost.StepFunctions.Operations;
using TemplateHost.StepFunctions.Storage;

namespace TemplateHost.StepFunctions.Provisioning;

/// <summary>AWS::StepFunctions::StateMachine.</summary>
internal sealed class StateMachineProvisioner(HostContext host) : IResourceProvisioner
{
    public ResourceSchema Schema { get; } =
        new("AWS::StepFunctions::StateMachine")
        {
            Name = "StateMachineName",
            Required = ["RoleArn"],
            Replacing = MemberNames.Exactly("StateMachineType=STANDARD"),
            Updatable = MemberNames.Exactly(
                "RoleArn DefinitionString Definition DefinitionSubstitutions "
                    + "LoggingConfiguration(Level IncludeExecutionData Destinations(CloudWatchLogsLogGroup(LogGroupArn))) "
                    + "TracingConfiguration(Enabled=false|False)"
            ),
            // Nothing that the host serves shows the tags of a state machine.
            Ignored = MemberNames.Exactly("Tags"),
            Attributes = ["Arn", "Name", "StateMachineRevisionId"],
        };

    public bool Exists(string name) =>
        host.Store.Read(session => MachineTable.Find(session, host.Arn("states", $"stateMachine:{name}"))) is not null;

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var name = properties.OptionalText("StateMachineName") ?? declaration.GeneratedName;
        var arn = host.Arn("states", $"stateMachine:{name}");
        var machine = new StateMachineRecord(arn, name, 0, Definition(properties), properties.Text("RoleArn"), host.Now())
        {
            Logging = Logging(properties),
        };
        var kept = await PutAsync(machine, properties);
        return new ProvisionedResource(
            arn,
            new Dictionary<string, string>
            {
                ["Arn"] = arn,
                ["Name"] = name,
                ["StateMachineRevisionId"] = kept.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture),
            }
        );
    }

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken) =>
        host.Store.WriteAsync(session => MachineTable.Delete(session, resource.PhysicalId));

    private async Task<StateMachineRecord> PutAsync(StateMachineRecord machine, PropertyReader properties)
    {
        try
        {
            return await new StateMachineOperations(host).PutAsync(machine);
        }
        catch (AwsException fault)
        {
            throw properties.Refuse("DefinitionString", $"was refused: {fault.Message}");
        }
    }

    private static string? Logging(PropertyReader properties)
    {
        try
        {
            return LoggingConfiguration.Read(AsInApi(properties.OptionalObject("LoggingConfiguration")) as JsonObject);
        }
        catch (AwsException fault)
        {
            throw properties.Refuse("LoggingConfiguration", $"was refused: {fault.Message}");
        }
    }

    /// <summary>The template writes <c>Level</c> where the API has <c>level</c>, and booleans also as text.</summary>
    private static JsonNode? AsInApi(JsonNode? node) =>
        node switch
        {
            JsonObject members => new JsonObject(
                members.Select(member => KeyValuePair.Create(char.ToLowerInvariant(member.Key[0]) + member.Key[1..], AsInApi(member.Value)))
            ),
            JsonArray elements => new JsonArray([.. elements.Select(AsInApi)]),
            _ => node?.DeepClone(),
        };

    private static string Definition(PropertyReader properties)
    {
        var text =
            properties.OptionalText("DefinitionString")
            ?? (
                properties.OptionalObject("Definition") is { } json
                    ? JsonText.Of(json)
                    : throw properties.Refuse("DefinitionString", "is required")
            );
        foreach (var (name, value) in properties.OptionalObject("DefinitionSubstitutions") ?? [])
        {
            text = text.Replace($"${{{name}}}", Escaped(value), StringComparison.Ordinal);
        }

        return text;
    }

    // The place of a substitution is inside a JSON string.
    private static string Escaped(JsonNode? value) => JsonText.Of(JsonValue.Create(value?.ToString() ?? ""))[1..^1];
}
