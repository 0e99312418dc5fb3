using System.Reflection;
using System.Text.Json.Nodes;
using FairShare.Contracts;
using FairShare.Contracts.Http;

namespace FairShare.Testing.Oracle;

/// <summary>
/// Holds each answer of the API against what its route says: the status of success, the problems that it may answer with, and the schema
/// of docs/openapi.json.
/// </summary>
public static class RouteOracle
{
    private static readonly List<Route> Routes =
    [
        .. ApiCapabilities
            .OfService.SelectMany(list => list.GetProperties(BindingFlags.Public | BindingFlags.Static))
            .Select(property => (Route)property.GetValue(null)!),
    ];

    private static readonly SchemaOracle Schemas = SchemaOracle.Load();

    /// <summary>Passes an answer that its route declares. What no route takes is the gateway's to answer.</summary>
    /// <exception cref="InvalidOperationException">The route declares no such answer.</exception>
    public static void Check(HttpMethod method, string path, Answer answer)
    {
        if (Find(method, path) is not { } route)
        {
            return;
        }

        if (!Declares(route, answer))
        {
            throw new InvalidOperationException($"{route.Name} does not declare the answer {answer.Status} {answer.Body?.ToJsonString()}.");
        }

        Schemas.Check(route, answer);
    }

    /// <summary>Passes a message to a webhook as docs/openapi.json describes it.</summary>
    /// <exception cref="InvalidOperationException">It does not fit.</exception>
    public static void CheckSent(string webhook, JsonNode message) => Schemas.CheckSent(webhook, message);

    /// <summary>The route that takes a call.</summary>
    /// <returns>Null where none does.</returns>
    public static Route? Find(HttpMethod method, string path) => Routes.Find(route => route.Method == method && Matches(route.Path, path));

    private static bool Declares(Route route, Answer answer) =>
        answer.Status < 400
            ? answer.Status == route.Success || (answer.Status == 202 && route.MayBePending)
            : answer.Code is not { } code || CommonProblems.OfEveryCall.Concat(route.Problems).Any(type => Is(type, answer, code));

    // A malformed value, and refused evidence, have codes of their own under one title.
    private static bool Is(ProblemType type, Answer answer, string code) =>
        type.Status == answer.Status
        && type.Title == answer.Text("title")
        && (type.Code == code || type == CommonProblems.InvalidRequest || type == CommonProblems.InvalidEvidence);

    private static bool Matches(string template, string path)
    {
        var (expected, given) = (template.Split('/'), path.Split('?')[0].Split('/'));
        var isLongEnough = template.EndsWith("+}", StringComparison.Ordinal)
            ? expected.Length <= given.Length
            : expected.Length == given.Length;
        return isLongEnough && expected.Zip(given).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
    }
}
