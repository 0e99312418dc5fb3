using TemplateHost.ApiGateway.Model;
using TemplateHost.ApiGateway.Storage;
using TemplateHost.Deployment;
using TemplateHost.Kernel;

namespace TemplateHost.ApiGateway.Provisioning;

/// <summary>AWS::ApiGatewayV2::Route.</summary>
internal sealed class RouteProvisioner(HostContext host) : IResourceProvisioner
{
    public ResourceSchema Schema { get; } =
        new("AWS::ApiGatewayV2::Route")
        {
            Required = ["RouteKey", "ApiId"],
            Replacing = MemberNames.Exactly("ApiId"),
            Updatable = MemberNames.Exactly("RouteKey Target AuthorizationType=NONE|JWT AuthorizerId AuthorizationScopes"),
            // Nothing that the host serves shows the name of an operation.
            Ignored = MemberNames.Exactly("OperationName"),
            Attributes = ["RouteId"],
        };

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var route = Read(properties, declaration.PhysicalId ?? ApiIds.New(declaration));
        var api = properties.Text("ApiId");
        await host.Store.WriteAsync(session => ApiIds.Put(session, api, route.Id, route));
        return new ProvisionedResource(route.Id, new Dictionary<string, string> { ["RouteId"] = route.Id });
    }

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken) =>
        host.Store.WriteAsync(session => ApiTable.Delete<Route>(session, resource.PhysicalId));

    private static Route Read(PropertyReader properties, string id)
    {
        var authorizer = properties.OptionalText("AuthorizerId");
        return new Route(
            id,
            properties.Text("RouteKey"),
            properties.Text("Target").Replace("integrations/", "", StringComparison.Ordinal),
            properties.OptionalText("AuthorizationType") == "JWT"
                ? authorizer ?? throw properties.Refuse("AuthorizerId", "is required")
                : null,
            properties.Texts("AuthorizationScopes")
        );
    }
}
