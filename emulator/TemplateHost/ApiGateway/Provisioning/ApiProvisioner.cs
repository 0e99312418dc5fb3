using System.Text.Json.Nodes;
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
            Replacing = ["ProtocolType"],
            Updatable = ["Name", "CorsConfiguration", "Description", "Tags"],
            Attributes = ["ApiId", "ApiEndpoint"],
        };

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = new PropertyReader(declaration);
        if (properties.Text("ProtocolType") is var protocol and not "HTTP")
        {
            throw properties.Refuse("ProtocolType", $"{protocol} is not honoured by the embedded host");
        }

        var id = declaration.PhysicalId ?? ApiIds.New(declaration);
        var api = new Api(id, properties.Text("Name"), CorsOf(properties)) { Description = properties.OptionalText("Description") };
        // Nothing that the host serves shows the tags of an API.
        properties.Ignore("Tags");
        properties.RefuseOthers();
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
        if (properties.OptionalObject("CorsConfiguration") is not { } given)
        {
            return null;
        }

        var cors = properties.Nested("CorsConfiguration", given);
        var policy = new CorsPolicy(
            Texts(cors, "AllowOrigins"),
            Texts(cors, "AllowMethods"),
            Texts(cors, "AllowHeaders"),
            Texts(cors, "ExposeHeaders"),
            cors.Optional("AllowCredentials")?.ToString() is "true" or "True",
            cors.Optional("MaxAge") is { } age ? int.Parse(age.ToString(), System.Globalization.CultureInfo.InvariantCulture) : null
        );
        cors.RefuseOthers();
        return policy;
    }

    private static List<string> Texts(PropertyReader properties, string name) =>
        [.. properties.OptionalList(name).Select((JsonNode? value) => value!.ToString())];
}
