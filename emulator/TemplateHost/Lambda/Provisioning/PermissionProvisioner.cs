using System.Text.Json.Nodes;
using TemplateHost.Deployment;
using TemplateHost.Kernel;
using TemplateHost.Lambda.Model;
using TemplateHost.Lambda.Storage;

namespace TemplateHost.Lambda.Provisioning;

/// <summary>AWS::Lambda::Permission: one statement of a function's resource policy.</summary>
internal sealed class PermissionProvisioner(HostContext host) : IResourceProvisioner
{
    public ResourceSchema Schema { get; } =
        new("AWS::Lambda::Permission")
        {
            Required = ["FunctionName", "Action", "Principal"],
            Replacing = MemberNames.Exactly("FunctionName Action Principal SourceArn SourceAccount"),
            Attributes = ["Id"],
        };

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var reference = properties.Text("FunctionName");
        // A permission for an alias is no permission for the function without one.
        var function = FunctionConfiguration.QualifierOf(reference) is { } qualifier
            ? $"{FunctionConfiguration.NameOf(reference)}:{qualifier}"
            : FunctionConfiguration.NameOf(reference);
        var statement = Statement(properties, declaration.GeneratedName, new FunctionAccess(host).ArnOf(function));
        await host.Store.WriteAsync(session =>
        {
            FunctionTables.PutPermission(session, function, declaration.GeneratedName, statement);
            return true;
        });
        return new ProvisionedResource(
            $"{function}|{declaration.GeneratedName}",
            new Dictionary<string, string> { ["Id"] = declaration.GeneratedName }
        );
    }

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken)
    {
        var parts = resource.PhysicalId.Split('|');
        return host.Store.WriteAsync(session => FunctionTables.DeletePermission(session, parts[0], parts[1]));
    }

    private static JsonObject Statement(PropertyReader properties, string id, string arn)
    {
        var principal = properties.Text("Principal");
        var statement = new JsonObject
        {
            ["Sid"] = id,
            ["Effect"] = "Allow",
            ["Principal"] = principal.Contains(".amazonaws.com", StringComparison.Ordinal)
                ? new JsonObject { ["Service"] = principal }
                : new JsonObject { ["AWS"] = principal },
            ["Action"] = properties.Text("Action"),
            ["Resource"] = arn,
        };
        var condition = new JsonObject();
        Add(condition, "ArnLike", "AWS:SourceArn", properties.OptionalText("SourceArn"));
        Add(condition, "StringEquals", "AWS:SourceAccount", properties.OptionalText("SourceAccount"));
        if (condition.Count > 0)
        {
            statement["Condition"] = condition;
        }

        return statement;
    }

    private static void Add(JsonObject condition, string comparison, string key, string? value)
    {
        if (value is not null)
        {
            condition[comparison] = new JsonObject { [key] = value };
        }
    }
}
