using TemplateHost.Deployment;
using TemplateHost.Kernel;
using TemplateHost.Lambda.Model;
using TemplateHost.Lambda.Storage;
using TemplateHost.Storage;

namespace TemplateHost.Lambda.Provisioning;

/// <summary>AWS::Lambda::Version: a function as it is when the resource is made, kept under a number.</summary>
internal sealed class VersionProvisioner(HostContext host) : IResourceProvisioner
{
    public ResourceSchema Schema { get; } =
        new("AWS::Lambda::Version")
        {
            Required = ["FunctionName"],
            Replacing = MemberNames.Exactly("FunctionName"),
            // An update of the description makes no other version, and nothing that the host serves compares the hash of code.
            Ignored = MemberNames.Exactly("Description CodeSha256"),
            Attributes = ["Version", "FunctionArn"],
        };

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var name = FunctionConfiguration.NameOf(properties.Text("FunctionName"));
        var version = await host.Store.WriteAsync(session =>
            declaration.PhysicalId is { } deployed && Find(session, deployed) is { } standing ? standing
            : FunctionTables.Find(session, name) is { } function ? VersionTables.Publish(session, function)
            : throw properties.Refuse("FunctionName", $"names no function: {name}")
        );
        return new ProvisionedResource(
            version.QualifiedArn,
            new Dictionary<string, string> { ["Version"] = version.Version, ["FunctionArn"] = version.QualifiedArn }
        );
    }

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken) =>
        host.Store.WriteAsync(session =>
            VersionTables.Delete(
                session,
                FunctionConfiguration.NameOf(resource.PhysicalId),
                FunctionConfiguration.QualifierOf(resource.PhysicalId) ?? ""
            )
        );

    private static FunctionConfiguration? Find(StoreSession session, string arn) =>
        VersionTables.Find(session, FunctionConfiguration.NameOf(arn), FunctionConfiguration.QualifierOf(arn) ?? "");
}
