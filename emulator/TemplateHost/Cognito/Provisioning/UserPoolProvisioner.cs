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
            Updatable =
            [
                "AccountRecoverySetting",
                "DeletionProtection",
                "EmailVerificationMessage",
                "EmailVerificationSubject",
                "SmsVerificationMessage",
                "VerificationMessageTemplate",
                "UserPoolTags",
                "UserAttributeUpdateSettings",
                "MfaConfiguration",
                "Schema",
                "UserPoolName",
                "Policies",
                "UsernameConfiguration",
                "AdminCreateUserConfig",
                "AutoVerifiedAttributes",
                "EnabledMfas",
                "EmailConfiguration",
            ],
            Attributes = ["Arn", "UserPoolId", "ProviderName", "ProviderURL"],
        };

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = new PropertyReader(declaration);
        var id =
            declaration.PhysicalId
            ?? $"{host.Region}_{declaration.Identifiers.Text(9, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")}";
        var existing = host.Store.Read(session => PoolTables.Pool(session, id));
        var pool = Read(properties, id, declaration.GeneratedName, existing?.PrivateKey ?? TokenSigner.NewKey());
        properties.RefuseOthers();
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
        // Texts and senders of mails that are not sent, recovery by the same mails.
        properties.Ignore(
            "AccountRecoverySetting",
            "EmailVerificationMessage",
            "SmsVerificationMessage",
            "VerificationMessageTemplate",
            "UserPoolTags",
            "UserAttributeUpdateSettings",
            "EmailConfiguration"
        );
        var schema = properties.OptionalList("Schema").OfType<JsonObject>().ToList();
        return new UserPool(
            id,
            properties.OptionalText("UserPoolName") ?? generatedName,
            key,
            PasswordPolicy.Of(properties.OptionalObject("Policies")?["PasswordPolicy"] as JsonObject ?? []),
            [.. schema.Where(attribute => IsTrue(attribute["Required"])).Select(attribute => attribute["Name"]!.ToString())],
            properties.OptionalObject("UsernameConfiguration") is { } names && IsTrue(names["CaseSensitive"]),
            !IsTrue(properties.OptionalObject("AdminCreateUserConfig")?["AllowAdminCreateUserOnly"]),
            properties.OptionalList("AutoVerifiedAttributes").Any(attribute => attribute?.ToString() == "email"),
            properties.OptionalText("EmailVerificationSubject") ?? "Your verification code"
        )
        {
            CustomAttributes = UserAttributes.CustomOf(schema),
            SoftwareTokens = ReadMfa(properties),
            IsProtected = properties.OptionalText("DeletionProtection") == "ACTIVE",
        };
    }

    /// <summary>Whether users may have authenticators; no other second factor is served, and none is demanded of all.</summary>
    private static bool ReadMfa(PropertyReader properties)
    {
        var factors = properties.OptionalList("EnabledMfas").Select(factor => factor?.ToString() ?? "").ToList();
        if (factors.FirstOrDefault(factor => factor != "SOFTWARE_TOKEN_MFA") is { } unknown)
        {
            throw properties.Refuse("EnabledMfas", $"{unknown} is not honoured by the embedded host");
        }

        return (properties.OptionalText("MfaConfiguration") ?? "OFF") switch
        {
            "OFF" => false,
            "OPTIONAL" when factors.Count > 0 => true,
            "OPTIONAL" => throw properties.Refuse("EnabledMfas", "must name SOFTWARE_TOKEN_MFA where MfaConfiguration is OPTIONAL"),
            var other => throw properties.Refuse("MfaConfiguration", $"{other} is not honoured by the embedded host"),
        };
    }

    private static bool IsTrue(JsonNode? node) => node?.ToString() is "true" or "True";
}
