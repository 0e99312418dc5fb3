using TemplateHost.ApiGateway.Model;

namespace TemplateHost.ApiGateway.Requests;

/// <summary>A route and what its path variables are in a request.</summary>
internal sealed record RouteMatch(Route Route, IReadOnlyDictionary<string, string> PathParameters)
{
    private enum Rank
    {
        Literal,
        Variable,
        Greedy,
    }

    /// <summary>
    /// The most specific route: segment by segment a literal comes before a variable, that before a greedy one; a named method before ANY;
    /// $default last.
    /// </summary>
    public static RouteMatch? Find(IEnumerable<Route> routes, string method, string rawPath)
    {
        var segments = rawPath.Split('/');
        var best = routes
            .Select(route => (Route: route, Match: Match(route, method, segments)))
            .Where(candidate => candidate.Match is not null)
            .OrderBy(candidate => candidate.Match!.Value.Order, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Route is null ? null : new RouteMatch(best.Route, best.Match!.Value.Parameters);
    }

    private static (string Order, Dictionary<string, string> Parameters)? Match(Route route, string method, string[] segments)
    {
        if (route.Key == "$default")
        {
            return ("z", []);
        }

        var (wanted, path) = route.Key.Split(' ', 2) is [var first, var second] ? (first, second) : ("", "");
        if (wanted != "ANY" && wanted != method)
        {
            return null;
        }

        var parameters = new Dictionary<string, string>();
        return RanksOf(path.Split('/'), segments, parameters) is { } ranks
            ? (string.Concat(ranks.Select(rank => (char)('a' + (int)rank))) + (wanted == "ANY" ? "b" : "a"), parameters)
            : null;
    }

    private static List<Rank>? RanksOf(string[] template, string[] segments, Dictionary<string, string> parameters)
    {
        var ranks = new List<Rank>();
        for (var at = 0; at < template.Length; at++)
        {
            var part = template[at];
            if (part.StartsWith('{') && part.EndsWith("+}", StringComparison.Ordinal))
            {
                var rest = string.Join('/', segments.Skip(at));
                parameters[part[1..^2]] = Uri.UnescapeDataString(rest);
                ranks.Add(Rank.Greedy);
                return rest.Length > 0 ? ranks : null;
            }

            if (at >= segments.Length || !MatchSegment(part, segments[at], parameters, ranks))
            {
                return null;
            }
        }

        return template.Length == segments.Length ? ranks : null;
    }

    private static bool MatchSegment(string part, string segment, Dictionary<string, string> parameters, List<Rank> ranks)
    {
        if (part.StartsWith('{') && part.EndsWith('}'))
        {
            parameters[part[1..^1]] = Uri.UnescapeDataString(segment);
            ranks.Add(Rank.Variable);
            return segment.Length > 0;
        }

        ranks.Add(Rank.Literal);
        return part == Uri.UnescapeDataString(segment);
    }
}
