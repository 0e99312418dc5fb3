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
            Replacing = MemberNames.Exactly("UserPoolId GenerateSecret=false|False"),
            Updatable = MemberNames.Exactly(
                "AllowedOAuthFlowsUserPoolClient=false|False SupportedIdentityProviders=COGNITO EnableTokenRevocation=true|True "
                    + "AuthSessionValidity=3 TokenValidityUnits(AccessToken IdToken RefreshToken) ClientName ExplicitAuthFlows "
                    + "AccessTokenValidity IdTokenValidity RefreshTokenValidity PreventUserExistenceErrors WriteAttributes"
            ),
            Attributes = ["ClientId", "Name"],
        };

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var id = declaration.PhysicalId ?? declaration.Identifiers.Text(26, "abcdefghijklmnopqrstuvwxyz0123456789");
        var client = Read(properties, id, declaration.GeneratedName);
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
        var units = properties.OptionalObject("TokenValidityUnits") ?? [];
        return new UserPoolClient(
            id,
            properties.Text("UserPoolId"),
            properties.OptionalText("ClientName") ?? generatedName,
            properties.Texts("ExplicitAuthFlows"),
            UserPoolClient.Validity(properties.Optional("AccessTokenValidity"), units["AccessToken"], TimeSpan.FromHours(1), "hours"),
            UserPoolClient.Validity(properties.Optional("IdTokenValidity"), units["IdToken"], TimeSpan.FromHours(1), "hours"),
            UserPoolClient.Validity(properties.Optional("RefreshTokenValidity"), units["RefreshToken"], TimeSpan.FromDays(30), "days"),
            properties.OptionalText("PreventUserExistenceErrors") == "ENABLED"
        )
        {
            WriteAttributes = properties.Optional("WriteAttributes") is null ? null : properties.Texts("WriteAttributes"),
        };
    }
}
