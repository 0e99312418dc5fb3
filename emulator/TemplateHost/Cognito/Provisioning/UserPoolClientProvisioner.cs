using TemplateHost.Cognito.Model;
using TemplateHost.Cognito.Storage;
using TemplateHost.Deployment;
using TemplateHost.Kernel;

namespace TemplateHost.Cognito.Provisioning;

/// <summary>AWS::Cognito::UserPoolClient, without a secret.</summary>
internal sealed class UserPoolClientProvisioner(HostContext host) : IResourceProvisioner
{
    public ResourceSchema Schema { get; } =
        new("AWS::Cognito::UserPoolClient")
        {
            Required = ["UserPoolId"],
            Replacing = ["UserPoolId", "GenerateSecret"],
            Updatable =
            [
                "AllowedOAuthFlowsUserPoolClient",
                "SupportedIdentityProviders",
                "EnableTokenRevocation",
                "AuthSessionValidity",
                "TokenValidityUnits",
                "ClientName",
                "ExplicitAuthFlows",
                "AccessTokenValidity",
                "IdTokenValidity",
                "RefreshTokenValidity",
                "PreventUserExistenceErrors",
                "WriteAttributes",
            ],
            Attributes = ["ClientId", "Name"],
        };

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = new PropertyReader(declaration);
        var id = declaration.PhysicalId ?? declaration.Identifiers.Text(26, "abcdefghijklmnopqrstuvwxyz0123456789");
        var client = Read(properties, id, declaration.GeneratedName);
        properties.RefuseOthers();
        await host.Store.WriteAsync(session =>
        {
            PoolTables.Put(session, client);
            return true;
        });
        return new ProvisionedResource(id, new Dictionary<string, string> { ["ClientId"] = id, ["Name"] = client.Name });
    }

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken) =>
        host.Store.WriteAsync(session => PoolTables.DeleteClient(session, resource.PhysicalId));

    private static UserPoolClient Read(PropertyReader properties, string id, string generatedName)
    {
        RefuseTrue(properties, "GenerateSecret");
        RefuseTrue(properties, "AllowedOAuthFlowsUserPoolClient");
        RefuseOther(properties, "EnableTokenRevocation", "true");
        RefuseOther(properties, "AuthSessionValidity", "3");
        if (properties.OptionalTexts("SupportedIdentityProviders").Find(provider => provider != "COGNITO") is { } provider)
        {
            throw properties.Refuse("SupportedIdentityProviders", $"{provider} is not honoured by the embedded host");
        }

        var units = properties.OptionalObject("TokenValidityUnits") ?? [];
        return new UserPoolClient(
            id,
            properties.Text("UserPoolId"),
            properties.OptionalText("ClientName") ?? generatedName,
            [.. properties.OptionalList("ExplicitAuthFlows").Select(flow => flow!.ToString())],
            UserPoolClient.Validity(properties.Optional("AccessTokenValidity"), units["AccessToken"], TimeSpan.FromHours(1), "hours"),
            UserPoolClient.Validity(properties.Optional("IdTokenValidity"), units["IdToken"], TimeSpan.FromHours(1), "hours"),
            UserPoolClient.Validity(properties.Optional("RefreshTokenValidity"), units["RefreshToken"], TimeSpan.FromDays(30), "days"),
            properties.OptionalText("PreventUserExistenceErrors") == "ENABLED"
        )
        {
            WriteAttributes = properties.Optional("WriteAttributes") is null
                ? null
                : [.. properties.OptionalList("WriteAttributes").Select(name => name!.ToString())],
        };
    }

    private static void RefuseOther(PropertyReader properties, string name, string served)
    {
        if (properties.OptionalText(name) is { } given && !given.Equals(served, StringComparison.OrdinalIgnoreCase))
        {
            throw properties.Refuse(name, $"{given} is not honoured by the embedded host");
        }
    }

    private static void RefuseTrue(PropertyReader properties, string name)
    {
        if (properties.Optional(name)?.ToString() is "true" or "True")
        {
            throw properties.Refuse(name, "is not honoured by the embedded host");
        }
    }
}
