namespace TemplateHost.Kernel;

/// <summary>An error that AWS documents, in AWS's own code and status; every service answers its callers with it.</summary>
/// <param name="code">The error code as the service writes it, for example <c>ConditionalCheckFailedException</c>.</param>
/// <param name="message">The message for the caller.</param>
/// <param name="status">The HTTP status; 400 where the service's reference names no other.</param>
public class AwsException(string code, string message, int status = 400) : Exception(message)
{
    public string Code { get; } = code;

    public int Status { get; } = status;

    /// <summary>Members beside the code and the message, for example <c>CancellationReasons</c>.</summary>
    public IReadOnlyDictionary<string, System.Text.Json.Nodes.JsonNode?> Members { get; init; } =
        new Dictionary<string, System.Text.Json.Nodes.JsonNode?>();
}
