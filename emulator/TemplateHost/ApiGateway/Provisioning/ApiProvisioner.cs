using TemplateHost.ApiGateway.Model;
using TemplateHost.ApiGateway.Storage;
using TemplateHost.Deployment;
using TemplateHost.Kernel;

namespace TemplateHost.ApiGateway.Provisioning;

/// <summary>AWS::ApiGatewayV2::Api, of the protocol HTTP. One API is served, on the API port.</summary>
internal sealed class ApiProvisioner(HostContext host) : IResourceProvisioner
{
    public ResourceSchema Schema { get; } =
        new("AWS::ApiGatewayV2::Api")
        {
            Required = ["ProtocolType"],
            Replacing = MemberNames.Exactly("ProtocolType=HTTP"),
            Updatable = MemberNames.Exactly(
                "Name Description CorsConfiguration(AllowOrigins AllowMethods AllowHeaders ExposeHeaders AllowCredentials MaxAge)"
            ),
            // Nothing that the host serves shows the tags of an API.
            Ignored = MemberNames.Exactly("Tags"),
            Attributes = ["ApiId", "ApiEndpoint"],
        };

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var id = declaration.PhysicalId ?? ApiIds.New(declaration);
        var api = new Api(id, properties.Text("Name"), CorsOf(properties)) { Description = properties.OptionalText("Description") };
        await host.Store.WriteAsync(session =>
            ApiTable.ListAll<Api>(session).Exists(other => other.Id != id)
                ? throw properties.Refuse("Name", "names a second HTTP API; the embedded host serves one")
                : ApiIds.Put(session, id, id, api)
        );
        return new ProvisionedResource(id, new Dictionary<string, string> { ["ApiId"] = id, ["ApiEndpoint"] = host.Addresses.Api });
    }

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken) =>
        host.Store.WriteAsync(session => ApiTable.Delete<Api>(session, resource.PhysicalId));

    private static CorsPolicy? CorsOf(PropertyReader properties)
    {
        var cors = properties.Nested("CorsConfiguration");
        return properties.Optional("CorsConfiguration") is null
            ? null
            : new CorsPolicy(
                cors.Texts("AllowOrigins"),
                cors.Texts("AllowMethods"),
                cors.Texts("AllowHeaders"),
                cors.Texts("ExposeHeaders"),
                cors.IsTrue("AllowCredentials"),
                cors.OptionalNumber("MaxAge")
            );
    }
}
