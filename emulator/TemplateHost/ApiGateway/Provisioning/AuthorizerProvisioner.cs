using TemplateHost.ApiGateway.Model;
using TemplateHost.ApiGateway.Storage;
using TemplateHost.Deployment;
using TemplateHost.Kernel;

namespace TemplateHost.ApiGateway.Provisioning;

/// <summary>AWS::ApiGatewayV2::Authorizer, of the type JWT.</summary>
internal sealed class AuthorizerProvisioner(HostContext host) : IResourceProvisioner
{
    private const string HeaderSource = "$request.header.";

    public ResourceSchema Schema { get; } =
        new("AWS::ApiGatewayV2::Authorizer")
        {
            Required = ["AuthorizerType", "ApiId", "Name", "JwtConfiguration"],
            Replacing = MemberNames.Exactly("ApiId"),
            Updatable = MemberNames.Exactly("AuthorizerType=JWT IdentitySource JwtConfiguration(Issuer Audience) Name"),
            Attributes = ["AuthorizerId"],
        };

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var source = properties.Texts("IdentitySource").FirstOrDefault() ?? HeaderSource + "Authorization";
        if (!source.StartsWith(HeaderSource, StringComparison.Ordinal))
        {
            throw properties.Refuse("IdentitySource", $"{source} is not a header");
        }

        var token = properties.Nested("JwtConfiguration");
        var authorizer = new JwtAuthorizer(
            declaration.PhysicalId ?? ApiIds.New(declaration),
            token.Text("Issuer"),
            token.Texts("Audience"),
            source[HeaderSource.Length..].ToLowerInvariant()
        )
        {
            Name = properties.OptionalText("Name") ?? "",
        };
        var api = properties.Text("ApiId");
        await host.Store.WriteAsync(session => ApiIds.Put(session, api, authorizer.Id, authorizer));
        return new ProvisionedResource(authorizer.Id, new Dictionary<string, string> { ["AuthorizerId"] = authorizer.Id });
    }

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken) =>
        host.Store.WriteAsync(session => ApiTable.Delete<JwtAuthorizer>(session, resource.PhysicalId));
}
