using TemplateHost.Deployment;
using TemplateHost.Kernel;

namespace TemplateHost.Logs.Provisioning;

/// <summary>
/// AWS::Logs::LogGroup: a name to refer to. What functions write goes to the host's own output, so retention has nothing to keep.
/// </summary>
internal sealed class LogGroupProvisioner(HostContext context) : IResourceProvisioner
{
    public ResourceSchema Schema { get; } =
        new("AWS::Logs::LogGroup")
        {
            Name = "LogGroupName",
            // Storage class, retention and encryption of contents that are not kept; nothing that the host serves shows tags.
            Ignored = MemberNames.Exactly("RetentionInDays Tags LogGroupClass KmsKeyId"),
            Attributes = ["Arn"],
        };

    public Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var name = properties.OptionalText("LogGroupName") ?? declaration.GeneratedName;
        var attributes = new Dictionary<string, string> { ["Arn"] = context.Arn("logs", $"log-group:{name}:*") };
        return Task.FromResult(new ProvisionedResource(name, attributes));
    }

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken) => Task.CompletedTask;
}
