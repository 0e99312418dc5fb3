using System.Globalization;
using System.Text.Json.Nodes;
using FairShare.Contracts.Http;

namespace FairShare.OpenApi;

/// <summary>Describes calls as OpenAPI's operations.</summary>
/// <param name="comments">What the routes say of themselves.</param>
/// <param name="schemas">Where the records' schemas are kept.</param>
/// <param name="examples">The examples of the calls.</param>
internal sealed class OperationSchema(XmlComments comments, SchemaCatalogue schemas, ExampleCatalogue examples)
{
    /// <summary>The security scheme of calls that take an access token.</summary>
    public const string AccessToken = "accessToken";

    /// <summary>Describes a call.</summary>
    /// <param name="route">The call.</param>
    /// <param name="capability">The class that declares it.</param>
    /// <param name="tag">The capability's name.</param>
    public JsonObject Of(Route route, Type capability, string tag)
    {
        var text = comments.OfProperty(capability, route.Name) ?? throw new InvalidOperationException($"{route.Name} has no summary.");
        var operation = new JsonObject
        {
            ["operationId"] = route.Name,
            ["tags"] = new JsonArray(tag),
            ["summary"] = text.Split(". ")[0].TrimEnd('.'),
            ["description"] = text,
            ["security"] = route.IsPublic ? [] : new JsonArray(new JsonObject { [AccessToken] = new JsonArray() }),
            ["parameters"] = new JsonArray([.. ParametersOf(route)]),
        };
        if (route.Request != typeof(None))
        {
            operation["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = ContentOf(route.Request, route.RawRequest, isRequest: true, examples.RequestOf(route.Name)),
            };
        }

        operation["responses"] = ResponsesOf(route);
        return operation;
    }

    private static IEnumerable<JsonNode> ParametersOf(Route route)
    {
        if (route.Parameter is { } name)
        {
            var text = name.EndsWith("Id", StringComparison.Ordinal) ? $"The id of the {name[..^2]}." : $"The {name}, slashes included.";
            yield return Parameter("path", new RouteParameter(name, text) { IsRequired = true });
        }

        foreach (var query in route.Query)
        {
            yield return Parameter("query", query);
        }

        foreach (var header in route.Headers)
        {
            yield return Parameter("header", header);
        }
    }

    private static JsonObject Parameter(string place, RouteParameter parameter)
    {
        var schema = new JsonObject { ["type"] = parameter.Range is null ? "string" : "integer" };
        if (parameter.Range is var (least, most))
        {
            (schema["minimum"], schema["maximum"]) = (least, most);
        }

        if (parameter.Format is { } format)
        {
            schema["format"] = format;
        }

        if (parameter.Values.Count > 0)
        {
            schema["enum"] = new JsonArray([.. parameter.Values.Select(value => (JsonNode)value)]);
        }

        return new JsonObject
        {
            ["name"] = parameter.Name,
            ["in"] = place,
            ["required"] = parameter.IsRequired,
            ["description"] = parameter.Text,
            ["schema"] = schema,
        };
    }

    private JsonObject ResponsesOf(Route route)
    {
        var responses = new JsonObject
        {
            [Text(route.Success)] = new JsonObject
            {
                ["description"] = "What was asked for.",
                ["content"] = ContentOf(route.Answer, route.RawAnswer, isRequest: false, examples.AnswerOf(route.Name)),
            },
        };
        if (route.MayBePending)
        {
            responses["202"] = new JsonObject
            {
                ["description"] = "Accepted, and not yet decided: where it stands is at `location`.",
                ["headers"] = new JsonObject { ["location"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } } },
                ["content"] = ContentOf(route.Answer, route.RawAnswer, isRequest: false),
            };
        }

        // Where no token is asked for, none is refused.
        var common = CommonProblems.OfEveryCall.Where(one => !route.IsPublic || one != CommonProblems.AccessTokenRequired);
        foreach (
            var problems in route.Problems.Concat(common).DistinctBy(one => one.Code).GroupBy(one => one.Status).OrderBy(group => group.Key)
        )
        {
            responses[Text(problems.Key)] = Refusal(problems);
        }

        // API Gateway bounds the calls of the whole API, whatever they ask for.
        responses["429"] ??= new JsonObject
        {
            ["description"] = "Too many calls at once, of all parties together.",
            ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = GatewayRefusal() } },
        };
        return responses;
    }

    private JsonObject Refusal(IEnumerable<ProblemType> problems) =>
        new()
        {
            ["description"] = string.Join("\n", problems.Select(problem => $"- `{problem.Code}`: {problem.Title}.")),
            ["content"] = new JsonObject
            {
                ["application/problem+json"] = new JsonObject { ["schema"] = schemas.Refer(typeof(ProblemDetails), isRequest: false) },
                // What API Gateway refuses by itself: a token that it cannot verify, too many calls, a body of more than it takes.
                ["application/json"] = new JsonObject { ["schema"] = GatewayRefusal() },
            },
        };

    private static JsonObject GatewayRefusal() =>
        new()
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["message"] = new JsonObject { ["type"] = "string" } },
            ["required"] = new JsonArray("message"),
        };

    private JsonObject ContentOf(Type type, string raw, bool isRequest, JsonNode? example = null)
    {
        if (type == typeof(RawContent))
        {
            return new() { [raw] = new JsonObject() };
        }

        var content = new JsonObject { ["schema"] = schemas.Refer(type, isRequest) };
        if (example is not null)
        {
            content["example"] = example;
        }

        return new() { ["application/json"] = content };
    }

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}
