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
            Replacing = ["ApiId"],
            Updatable = ["RouteKey", "Target", "AuthorizationType", "AuthorizerId", "AuthorizationScopes", "OperationName"],
            Attributes = ["RouteId"],
        };

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = new PropertyReader(declaration);
        var route = Read(properties, declaration.PhysicalId ?? ApiIds.New(declaration));
        var api = properties.Text("ApiId");
        properties.Ignore("OperationName");
        properties.RefuseOthers();
        await host.Store.WriteAsync(session => ApiIds.Put(session, api, route.Id, route));
        return new ProvisionedResource(route.Id, new Dictionary<string, string> { ["RouteId"] = route.Id });
    }

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken) =>
        host.Store.WriteAsync(session => ApiTable.Delete<Route>(session, resource.PhysicalId));

    private static Route Read(PropertyReader properties, string id)
    {
        var type = properties.OptionalText("AuthorizationType") ?? "NONE";
        if (type is not ("NONE" or "JWT"))
        {
            throw properties.Refuse("AuthorizationType", $"{type} is not honoured by the embedded host");
        }

        var authorizer = properties.OptionalText("AuthorizerId");
        return new Route(
            id,
            properties.Text("RouteKey"),
            properties.Text("Target").Replace("integrations/", "", StringComparison.Ordinal),
            type == "JWT" ? authorizer ?? throw properties.Refuse("AuthorizerId", "is required") : null,
            [.. properties.OptionalList("AuthorizationScopes").Select(scope => scope!.ToString())]
        );
    }
}
