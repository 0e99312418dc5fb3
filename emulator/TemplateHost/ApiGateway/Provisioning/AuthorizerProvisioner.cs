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
            Required = ["AuthorizerType", "ApiId", "Name"],
            Replacing = ["ApiId"],
            Updatable = ["AuthorizerType", "IdentitySource", "JwtConfiguration", "Name"],
            Attributes = ["AuthorizerId"],
        };

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = new PropertyReader(declaration);
        if (properties.Text("AuthorizerType") is var type and not "JWT")
        {
            throw properties.Refuse("AuthorizerType", $"{type} is not honoured by the embedded host");
        }

        var source = properties.OptionalList("IdentitySource").FirstOrDefault()?.ToString() ?? HeaderSource + "Authorization";
        if (!source.StartsWith(HeaderSource, StringComparison.Ordinal))
        {
            throw properties.Refuse("IdentitySource", $"{source} is not a header");
        }

        var token = properties.Nested(
            "JwtConfiguration",
            properties.OptionalObject("JwtConfiguration") ?? throw properties.Refuse("JwtConfiguration", "is required")
        );
        var authorizer = new JwtAuthorizer(
            declaration.PhysicalId ?? ApiIds.New(declaration),
            token.Text("Issuer"),
            [.. token.OptionalList("Audience").Select(audience => audience!.ToString())],
            source[HeaderSource.Length..].ToLowerInvariant()
        )
        {
            Name = properties.OptionalText("Name") ?? "",
        };
        token.RefuseOthers();
        var api = properties.Text("ApiId");
        properties.RefuseOthers();
        await host.Store.WriteAsync(session => ApiIds.Put(session, api, authorizer.Id, authorizer));
        return new ProvisionedResource(authorizer.Id, new Dictionary<string, string> { ["AuthorizerId"] = authorizer.Id });
    }

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken) =>
        host.Store.WriteAsync(session => ApiTable.Delete<JwtAuthorizer>(session, resource.PhysicalId));
}
