using System.Text.Json.Nodes;

namespace TemplateHost.Identity;

/// <summary>A policy that stands by itself and is attached to roles.</summary>
/// <param name="Id">AWS's id of the policy, <c>ANPA…</c>.</param>
internal sealed record ManagedPolicy(
    string Arn,
    string Name,
    string Id,
    string Path,
    string? Description,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    int Version,
    JsonObject Document
)
{
    /// <summary>AWS's own policy that CDK gives every function: writing its own logs.</summary>
    public static ManagedPolicy LambdaBasicExecution { get; } =
        new(
            "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
            "AWSLambdaBasicExecutionRole",
            "ANPAJNCQGXC42545SKXIK",
            "/service-role/",
            "Provides write permissions to CloudWatch Logs.",
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch,
            1,
            (JsonObject)
                JsonNode.Parse(
                    """
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["logs:CreateLogGroup","logs:CreateLogStream",
                      "logs:PutLogEvents"],"Resource":"*"}]}
                    """
                )!
        );
}
