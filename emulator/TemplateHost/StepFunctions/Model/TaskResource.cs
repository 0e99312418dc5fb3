using System.Diagnostics.CodeAnalysis;

namespace TemplateHost.StepFunctions.Model;

/// <summary>What a Task's Resource names, taken apart.</summary>
/// <param name="Type">As in history events: <c>lambda</c>, <c>aws-sdk:dynamodb</c>, <c>events</c>, <c>sqs</c>.</param>
/// <param name="Action">As in the ARN: <c>invoke</c>, <c>transactWriteItems</c>, <c>putEvents</c>, <c>sendMessage</c>.</param>
/// <param name="WaitsForToken">Whether the task goes on only when its token comes back.</param>
internal sealed record TaskResource(string Type, string Action, bool WaitsForToken)
{
    private const string Prefix = "arn:aws:states:::";
    private const string TokenSuffix = ".waitForTaskToken";

    /// <summary>The resource as history events write it.</summary>
    public string HistoryName => WaitsForToken ? Action + TokenSuffix : Action;

    public static bool TryParse(string arn, [NotNullWhen(true)] out TaskResource? resource)
    {
        resource = null;
        if (arn.StartsWith("arn:aws:lambda:", StringComparison.Ordinal))
        {
            resource = new TaskResource("lambda", arn, false);
            return true;
        }

        if (!arn.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var waits = arn.EndsWith(TokenSuffix, StringComparison.Ordinal);
        var name = waits ? arn[Prefix.Length..^TokenSuffix.Length] : arn[Prefix.Length..];
        var colon = name.LastIndexOf(':');
        resource = colon > 0 ? new TaskResource(name[..colon], name[(colon + 1)..], waits) : null;
        return resource is not null
            && (
                resource.Type.StartsWith("aws-sdk:dynamodb", StringComparison.Ordinal)
                || (resource.Type, resource.Action) is ("lambda", "invoke") or ("sqs", "sendMessage")
                || ((resource.Type, resource.Action) is ("events", "putEvents"))
            );
    }
}
