using System.Text.Json.Nodes;
using TemplateHost.Deployment;
using TemplateHost.Kernel;
using TemplateHost.StepFunctions.Model;
using TemplateHost.StepFunctions.Operations;
using TemplateHost.StepFunctions.Storage;

namespace TemplateHost.StepFunctions.Provisioning;

/// <summary>
/// AWS::StepFunctions::StateMachineAlias. A deployment preference moves it at once, whatever steps it asks for: the host watches no alarms
/// and waits for no minutes.
/// </summary>
internal sealed class StateMachineAliasProvisioner(HostContext host) : IResourceProvisioner
{
    public ResourceSchema Schema { get; } =
        new("AWS::StepFunctions::StateMachineAlias")
        {
            Name = "Name",
            Updatable = MemberNames.Exactly(
                "Description RoutingConfiguration(StateMachineVersionArn Weight) "
                    + "DeploymentPreference(StateMachineVersionArn Type=ALL_AT_ONCE|LINEAR|CANARY Percentage Interval Alarms)"
            ),
            Attributes = ["Arn"],
        };

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var name = properties.OptionalText("Name") ?? declaration.GeneratedName;
        var routes = RoutesOf(properties);
        var arn = $"{QualifiedArn.MachineOf($"{routes[0]!["stateMachineVersionArn"]}")}:{name}";
        await host.Store.WriteAsync(session =>
        {
            var read = VersionOperations.Routes(session, routes);
            VersionTable.PutAlias(session, new MachineAlias(arn, name, properties.OptionalText("Description") ?? "", read, host.Now()));
            return true;
        });
        return new ProvisionedResource(arn, new Dictionary<string, string> { ["Arn"] = arn });
    }

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken) =>
        host.Store.WriteAsync(session => VersionTable.DeleteAlias(session, resource.PhysicalId));

    private static JsonArray RoutesOf(PropertyReader properties)
    {
        var routes = properties.Objects("RoutingConfiguration");
        var preferred = properties.Nested("DeploymentPreference").OptionalText("StateMachineVersionArn");
        return (routes.Count, preferred) switch
        {
            (0, { } version) => [Route(version, 100)],
            (> 0, null) => new JsonArray([
                .. routes.Select(route => Route(route.Text("StateMachineVersionArn"), route.OptionalNumber("Weight") ?? 0)),
            ]),
            _ => throw properties.Refuse("RoutingConfiguration", "or DeploymentPreference is required, and not both"),
        };
    }

    private static JsonObject Route(string version, int weight) => new() { ["stateMachineVersionArn"] = version, ["weight"] = weight };
}
