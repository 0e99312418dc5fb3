using System.Text.Json.Nodes;
using TemplateHost.Cognito.Model;
using TemplateHost.Cognito.Operations;
using TemplateHost.Cognito.Storage;
using TemplateHost.Cognito.Tokens;
using TemplateHost.Deployment;
using TemplateHost.Kernel;

namespace TemplateHost.Cognito.Provisioning;

/// <summary>AWS::Cognito::UserPool: users by username, confirmed by a mailed code.</summary>
internal sealed class UserPoolProvisioner(HostContext host) : IResourceProvisioner
{
    public ResourceSchema Schema { get; } =
        new("AWS::Cognito::UserPool")
        {
            Updatable = MemberNames.Exactly(
                "DeletionProtection EmailVerificationSubject MfaConfiguration=OFF|OPTIONAL UserPoolName "
                    + "Schema(Name Required AttributeDataType Mutable DeveloperOnlyAttribute NumberAttributeConstraints "
                    + "StringAttributeConstraints) "
                    + "Policies(PasswordPolicy(MinimumLength RequireLowercase RequireUppercase RequireNumbers RequireSymbols "
                    + "TemporaryPasswordValidityDays)) UsernameConfiguration(CaseSensitive) "
                    + "AdminCreateUserConfig(AllowAdminCreateUserOnly InviteMessageTemplate) "
                    + "AutoVerifiedAttributes EnabledMfas=SOFTWARE_TOKEN_MFA"
            ),
            // Texts and senders of mails that are not sent, recovery by the same mails; nothing that the host serves shows tags.
            Ignored = MemberNames.Exactly(
                "AccountRecoverySetting EmailVerificationMessage SmsVerificationMessage VerificationMessageTemplate UserPoolTags "
                    + "UserAttributeUpdateSettings EmailConfiguration"
            ),
            Attributes = ["Arn", "UserPoolId", "ProviderName", "ProviderURL"],
        };

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var id =
            declaration.PhysicalId
            ?? $"{host.Region}_{declaration.Identifiers.Text(9, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")}";
        var existing = host.Store.Read(session => PoolTables.Pool(session, id));
        var pool = Read(properties, id, declaration.GeneratedName, existing?.PrivateKey ?? TokenSigner.NewKey());
        await host.Store.WriteAsync(session =>
        {
            PoolTables.Put(session, pool);
            return true;
        });
        return new ProvisionedResource(
            id,
            new Dictionary<string, string>
            {
                ["Arn"] = host.Arn("cognito-idp", $"userpool/{id}"),
                ["UserPoolId"] = id,
                ["ProviderName"] = $"cognito-idp.{host.Region}.amazonaws.com/{id}",
                ["ProviderURL"] = TokenVerifier.IssuerOf(host, id),
            }
        );
    }

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken) =>
        host.Store.WriteAsync(session =>
            PoolTables.Pool(session, resource.PhysicalId) is { IsProtected: true }
                ? throw new DeploymentException(PoolOperations.Protected)
                : PoolTables.DeletePool(session, resource.PhysicalId)
        );

    private static UserPool Read(PropertyReader properties, string id, string generatedName, string key)
    {
        var schema = properties.Objects("Schema");
        return new UserPool(
            id,
            properties.OptionalText("UserPoolName") ?? generatedName,
            key,
            PasswordPolicy.Of(properties.OptionalObject("Policies")?["PasswordPolicy"] as JsonObject ?? []),
            [.. schema.Where(attribute => attribute.IsTrue("Required")).Select(attribute => attribute.Text("Name"))],
            properties.Nested("UsernameConfiguration").IsTrue("CaseSensitive"),
            !properties.Nested("AdminCreateUserConfig").IsTrue("AllowAdminCreateUserOnly"),
            properties.Texts("AutoVerifiedAttributes").Contains("email"),
            properties.OptionalText("EmailVerificationSubject") ?? "Your verification code"
        )
        {
            CustomAttributes = UserAttributes.CustomOf(properties.List("Schema")),
            SoftwareTokens = ReadMfa(properties),
            IsProtected = properties.OptionalText("DeletionProtection") == "ACTIVE",
        };
    }

    /// <summary>Whether users may have authenticators; no other second factor is served, and none is demanded of all.</summary>
    private static bool ReadMfa(PropertyReader properties)
    {
        if (properties.OptionalText("MfaConfiguration") is null or "OFF")
        {
            return false;
        }

        return properties.Texts("EnabledMfas").Count > 0
            ? true
            : throw properties.Refuse("EnabledMfas", "must name SOFTWARE_TOKEN_MFA where MfaConfiguration is OPTIONAL");
    }
}
