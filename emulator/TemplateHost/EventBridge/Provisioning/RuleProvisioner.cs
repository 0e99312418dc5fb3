using System.Text.Json.Nodes;
using TemplateHost.Deployment;
using TemplateHost.EventBridge.Model;
using TemplateHost.EventBridge.Operations;
using TemplateHost.EventBridge.Storage;
using TemplateHost.Kernel;

namespace TemplateHost.EventBridge.Provisioning;

/// <summary>AWS::Events::Rule, with an event pattern or a rate, and queues and functions as targets.</summary>
internal sealed class RuleProvisioner(HostContext host) : IResourceProvisioner
{
    public ResourceSchema Schema { get; } =
        new("AWS::Events::Rule")
        {
            Name = "Name",
            Replacing = MemberNames.Exactly("EventBusName"),
            Updatable = MemberNames.Exactly(
                "EventPattern ScheduleExpression State Description "
                    + "Targets(Id Arn InputPath Input InputTransformer(InputPathsMap InputTemplate) "
                    + "SqsParameters(MessageGroupId) RetryPolicy(MaximumEventAgeInSeconds MaximumRetryAttempts) DeadLetterConfig(Arn))"
            ),
            Attributes = ["Arn"],
        };

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var rules = new RuleOperations(host);
        var rule = Read(properties, declaration, rules);
        try
        {
            await rules.PutAsync(rule, keepsTargets: false);
        }
        catch (Exception fault) when (fault is FormatException or InvalidOperationException or AwsException)
        {
            throw properties.Refuse(rule.Schedule is null ? "EventPattern" : "ScheduleExpression", $"was refused: {fault.Message}");
        }

        var id = rule.Bus == "default" ? rule.Name : $"{rule.Bus}|{rule.Name}";
        return new ProvisionedResource(id, new Dictionary<string, string> { ["Arn"] = rule.Arn });
    }

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken)
    {
        var (bus, name) = resource.PhysicalId.Split('|') is [var first, var second] ? (first, second) : ("default", resource.PhysicalId);
        return host.Store.WriteAsync(session => EventTables.DeleteRule(session, bus, name));
    }

    private static Rule Read(PropertyReader properties, ResourceDeclaration declaration, RuleOperations rules)
    {
        var bus = BusNames.Of(properties.OptionalText("EventBusName"));
        var name = properties.OptionalText("Name") ?? declaration.GeneratedName;
        return new Rule(
            name,
            bus,
            rules.ArnOf(bus, name),
            properties.OptionalObject("EventPattern")?.ToJsonString() ?? "",
            properties.OptionalText("State") != "DISABLED",
            properties.OptionalText("Description"),
            [.. properties.List("Targets").Select(target => Target(properties, target!.AsObject()))]
        )
        {
            Schedule = properties.OptionalText("ScheduleExpression"),
        };
    }

    private static RuleTarget Target(PropertyReader properties, JsonObject target)
    {
        try
        {
            return TargetReader.Read(target);
        }
        catch (AwsException fault)
        {
            throw properties.Refuse("Targets", $"cannot be honoured: {fault.Message}");
        }
    }
}
