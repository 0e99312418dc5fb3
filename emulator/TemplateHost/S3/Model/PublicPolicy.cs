using System.Text.Json.Nodes;

namespace TemplateHost.S3.Model;

/// <summary>Tells whether a bucket's policy lets everybody in.</summary>
internal static class PublicPolicy
{
    /// <summary>Whether a statement allows something to any principal without a condition.</summary>
    public static bool Is(JsonObject policy) =>
        (policy["Statement"] is JsonArray statements ? [.. statements.OfType<JsonObject>()] : new[] { policy["Statement"] as JsonObject })
            .OfType<JsonObject>()
            .Any(statement =>
                statement["Effect"]?.ToString() == "Allow" && statement["Condition"] is null && IsAnybody(statement["Principal"])
            );

    private static bool IsAnybody(JsonNode? principal) =>
        principal switch
        {
            JsonObject kinds => IsAnybody(kinds["AWS"]),
            JsonArray principals => principals.Any(IsAnybody),
            _ => principal?.ToString() == "*",
        };
}
