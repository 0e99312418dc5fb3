using TemplateHost.Deployment;
using TemplateHost.Kernel;
using TemplateHost.Lambda.Model;
using TemplateHost.Lambda.Storage;

namespace TemplateHost.Lambda.Provisioning;

/// <summary>
/// AWS::Lambda::Alias. A deployment moves it at once: the host has no CodeDeploy, whose update policy the template may ask for.
/// </summary>
internal sealed class FunctionAliasProvisioner(HostContext host) : IResourceProvisioner
{
    public ResourceSchema Schema { get; } =
        new("AWS::Lambda::Alias")
        {
            Required = ["FunctionName", "FunctionVersion", "Name"],
            Replacing = MemberNames.Exactly("FunctionName Name"),
            Updatable = MemberNames.Exactly(
                "FunctionVersion Description RoutingConfig(AdditionalVersionWeights(FunctionVersion FunctionWeight))"
            ),
            Attributes = ["AliasArn"],
        };

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var function = FunctionConfiguration.NameOf(properties.Text("FunctionName"));
        var alias = Read(properties);
        await host.Store.WriteAsync(session =>
        {
            VersionTables.PutAlias(session, function, alias);
            return true;
        });
        var arn = $"{new FunctionAccess(host).ArnOf(function)}:{alias.Name}";
        return new ProvisionedResource(arn, new Dictionary<string, string> { ["AliasArn"] = arn });
    }

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken) =>
        host.Store.WriteAsync(session =>
            VersionTables.DeleteAlias(
                session,
                FunctionConfiguration.NameOf(resource.PhysicalId),
                FunctionConfiguration.QualifierOf(resource.PhysicalId) ?? ""
            )
        );

    private static FunctionAlias Read(PropertyReader properties)
    {
        var weights = properties.Nested("RoutingConfig").Objects("AdditionalVersionWeights");
        if (weights.Count > 1)
        {
            throw properties.Refuse("RoutingConfig", "names more than one version beside the alias's own");
        }

        var alias = new FunctionAlias(
            properties.Text("Name"),
            properties.Text("FunctionVersion"),
            properties.OptionalText("Description") ?? ""
        );
        return weights.Count == 0
            ? alias
            : alias with
            {
                OtherVersion = weights[0].Text("FunctionVersion"),
                OtherWeight = weights[0].OptionalDecimal("FunctionWeight") ?? throw weights[0].Refuse("FunctionWeight", "is required"),
            };
    }
}
