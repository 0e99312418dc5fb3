using System.Text.Json.Nodes;
using TemplateHost.ApiGateway.Model;
using TemplateHost.ApiGateway.Storage;
using TemplateHost.Kernel;

namespace TemplateHost.ApiGateway.Operations;

/// <summary>
/// What the template made of an API, as apigatewayv2 shows it: GetApis, GetApi, GetRoutes, GetRoute, GetIntegrations, GetIntegration,
/// GetAuthorizers, GetAuthorizer, GetStages, GetStage.
/// </summary>
internal sealed class ReadOperations(HostContext host)
{
    public JsonObject Apis() => Items(host.Store.Read(ApiTable.ListAll<Api>).Select(Describe));

    public JsonObject Api(string id) => Describe(Find(id));

    /// <param name="api">The API's id.</param>
    /// <param name="kind">As in the path: <c>routes</c>, <c>integrations</c>, <c>authorizers</c> or <c>stages</c>.</param>
    /// <returns>Each part with its id or name.</returns>
    public List<(string Id, JsonObject Part)>? Parts(string api, string kind)
    {
        var id = Find(api).Id;
        return kind switch
        {
            "routes" => List<Route>(id, route => (route.Id, Describe(route))),
            "integrations" => List<Integration>(id, integration => (integration.Id, Describe(integration))),
            "authorizers" => List<JwtAuthorizer>(id, authorizer => (authorizer.Id, Describe(authorizer))),
            "stages" => List<Stage>(id, stage => (stage.Name, Describe(stage))),
            _ => null,
        };
    }

    public static JsonObject Items(IEnumerable<JsonObject> items) => new() { ["items"] = new JsonArray([.. items]) };

    private List<(string Id, JsonObject Part)> List<T>(string api, Func<T, (string Id, JsonObject Part)> describe) =>
        host.Store.Read(session => ApiTable.List<T>(session, api)).ConvertAll(part => describe(part));

    private Api Find(string id) =>
        host.Store.Read(ApiTable.ListAll<Api>).Find(api => api.Id == id)
        ?? throw new AwsException("NotFoundException", $"Invalid API identifier specified {host.AccountId}:{id}", 404);

    private JsonObject Describe(Api api)
    {
        var shown = new JsonObject
        {
            ["apiId"] = api.Id,
            ["name"] = api.Name,
            ["protocolType"] = "HTTP",
            ["apiEndpoint"] = host.Addresses.Api,
            ["routeSelectionExpression"] = "$request.method $request.path",
            ["apiKeySelectionExpression"] = "$request.header.x-api-key",
            ["disableExecuteApiEndpoint"] = false,
        };
        if (api.Description is { } description)
        {
            shown["description"] = description;
        }

        if (api.Cors is { } cors)
        {
            shown["corsConfiguration"] = new JsonObject
            {
                ["allowOrigins"] = Texts(cors.Origins),
                ["allowMethods"] = Texts(cors.Methods),
                ["allowHeaders"] = Texts(cors.Headers),
                ["exposeHeaders"] = Texts(cors.ExposedHeaders),
                ["allowCredentials"] = cors.Credentials,
            };
        }

        return shown;
    }

    private static JsonObject Describe(Route route)
    {
        var shown = new JsonObject
        {
            ["routeId"] = route.Id,
            ["routeKey"] = route.Key,
            ["target"] = $"integrations/{route.IntegrationId}",
            ["apiKeyRequired"] = false,
            ["authorizationType"] = route.AuthorizerId is null ? "NONE" : "JWT",
        };
        if (route.AuthorizerId is { } authorizer)
        {
            (shown["authorizerId"], shown["authorizationScopes"]) = (authorizer, Texts(route.Scopes));
        }

        return shown;
    }

    private static JsonObject Describe(Integration integration) =>
        new()
        {
            ["integrationId"] = integration.Id,
            ["integrationType"] = "AWS_PROXY",
            ["integrationUri"] = integration.FunctionArn,
            ["integrationMethod"] = "POST",
            ["connectionType"] = "INTERNET",
            ["payloadFormatVersion"] = "2.0",
            ["timeoutInMillis"] = integration.TimeoutMilliseconds,
        };

    private static JsonObject Describe(JwtAuthorizer authorizer) =>
        new()
        {
            ["authorizerId"] = authorizer.Id,
            ["authorizerType"] = "JWT",
            ["name"] = authorizer.Name,
            ["identitySource"] = new JsonArray($"$request.header.{authorizer.IdentityHeader}"),
            ["jwtConfiguration"] = new JsonObject { ["audience"] = Texts(authorizer.Audience), ["issuer"] = authorizer.Issuer },
        };

    private static JsonObject Describe(Stage stage)
    {
        var shown = new JsonObject { ["stageName"] = stage.Name, ["autoDeploy"] = true };
        if (stage.AccessLogs is { } logs)
        {
            shown["accessLogSettings"] = new JsonObject
            {
                ["destinationArn"] = logs["DestinationArn"]?.ToString(),
                ["format"] = logs["Format"]?.ToString(),
            };
        }

        if (stage.Rate is not null || stage.Burst is not null)
        {
            shown["defaultRouteSettings"] = new JsonObject
            {
                ["throttlingRateLimit"] = stage.Rate,
                ["throttlingBurstLimit"] = (int?)stage.Burst,
            };
        }

        return shown;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
