using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FairShare.Contracts;
using FairShare.Contracts.Http;
using FairShare.Contracts.Webhooks;

namespace FairShare.OpenApi;

/// <summary>One of the project's HTTP APIs, described from the routes that its handlers are called by (OpenAPI 3.1).</summary>
/// <param name="File">The name of its document.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Text">What it is for.</param>
/// <param name="Capabilities">The classes that declare its routes.</param>
public sealed record ApiDescription(string File, string Title, string Text, IReadOnlyList<Type> Capabilities)
{
    private const string Suffix = "Routes";

    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>All that there are: the service, a peer of dispersed backups, and a coordinator of standing work.</summary>
    public static IReadOnlyList<ApiDescription> All { get; } =
    [
        new(
            "openapi.json",
            "FairShare",
            "Fair exchange of documents for signed receipts, the evidence of it, and a vault.",
            ApiCapabilities.OfService
        ),
        new(
            "openapi-peer.json",
            "FairShare peer",
            "A peer of dispersed backups. It acts on orders that the owner of a backup has signed, and on nothing else.",
            ApiCapabilities.OfPeer
        ),
        new(
            "openapi-coordinator.json",
            "FairShare coordinator",
            "Carries the signed orders of standing work to peers, which it cannot forge.",
            ApiCapabilities.OfCoordinator
        ),
    ];

    /// <summary>The routes of the API, each with the class that declares it.</summary>
    public IEnumerable<(Type Capability, Route Route)> Routes =>
        Capabilities.SelectMany(capability =>
            capability
                .GetProperties(BindingFlags.Public | BindingFlags.Static)
                .Select(property => (capability, (Route)property.GetValue(null)!))
        );

    /// <summary>The document.</summary>
    /// <param name="comments">The comments of the routes and records.</param>
    /// <param name="examples">The examples of the calls.</param>
    /// <returns>Text of JSON that ends with a line feed.</returns>
    public string Write(XmlComments comments, ExampleCatalogue examples)
    {
        var schemas = new SchemaCatalogue(comments);
        var operations = new OperationSchema(comments, schemas, examples);
        var paths = new JsonObject();
        // Answers first: what is both read and written has the plain name as it is written.
        foreach (var (_, route) in Routes.Where(one => one.Route.Answer != typeof(RawContent)))
        {
            schemas.Refer(route.Answer, isRequest: false);
        }

        foreach (var (capability, route) in Routes)
        {
            // OpenAPI has no parameters with slashes; a client writes them as they are.
            var path = route.Path.Replace("+}", "}", StringComparison.Ordinal);
            var item = paths[path] as JsonObject ?? [];
            paths[path] = item;
            item[Method(route)] = operations.Of(route, capability, TagOf(capability));
        }

        var webhooks = Capabilities.Contains(typeof(WebhookRoutes)) ? new WebhookSchema(comments, schemas).All() : null;
        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = Info(),
            ["servers"] = new JsonArray(
                new JsonObject { ["url"] = "/", ["description"] = "The address that the deployment's outputs name." }
            ),
            ["tags"] = new JsonArray([
                .. Capabilities.Select(one => (JsonNode)new JsonObject { ["name"] = TagOf(one), ["description"] = comments.OfType(one) }),
            ]),
            ["paths"] = paths,
            ["components"] = Components(schemas),
        };
        if (webhooks is not null)
        {
            document.Insert(document.IndexOf("components"), "webhooks", webhooks);
        }

        return document.ToJsonString(Written) + "\n";
    }

    private static string TagOf(Type capability) => capability.Name[..^Suffix.Length];

    private static string Method(Route route) => route.Method.Method.ToLowerInvariant();

    private JsonObject Info() =>
        new()
        {
            ["title"] = Title,
            ["version"] = "1",
            ["description"] = $"{Text} Requests are read strictly; answers may have further members. Refusals are problems (RFC 9457).",
            ["license"] = new JsonObject { ["name"] = "Apache License 2.0", ["identifier"] = "Apache-2.0" },
        };

    private JsonObject Components(SchemaCatalogue schemas)
    {
        var components = new JsonObject { ["schemas"] = schemas.ToJson() };
        if (Routes.Any(one => !one.Route.IsPublic))
        {
            components["securitySchemes"] = new JsonObject
            {
                [OperationSchema.AccessToken] = new JsonObject
                {
                    ["type"] = "http",
                    ["scheme"] = "bearer",
                    ["bearerFormat"] = "JWT",
                    ["description"] = "The user pool's access token, whose `sub` is the party's id.",
                },
            };
        }

        return components;
    }
}
