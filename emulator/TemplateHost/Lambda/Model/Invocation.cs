namespace TemplateHost.Lambda.Model;

/// <summary>One invocation on its way to an instance.</summary>
/// <param name="RequestId">The id that the function sees, and logs.</param>
/// <param name="Deadline">When Lambda ends it.</param>
internal sealed record Invocation(string RequestId, string FunctionArn, ReadOnlyMemory<byte> Payload, DateTimeOffset Deadline);

/// <summary>What an instance answered.</summary>
/// <param name="Failed">The function threw, exited or timed out; the payload then holds errorType and errorMessage.</param>
internal sealed record InvocationResult(bool Failed, ReadOnlyMemory<byte> Payload)
{
    public static InvocationResult Error(string type, string message, IEnumerable<string>? stackTrace = null)
    {
        var body = new System.Text.Json.Nodes.JsonObject { ["errorType"] = type, ["errorMessage"] = message };
        if (stackTrace is not null)
        {
            body["stackTrace"] = new System.Text.Json.Nodes.JsonArray([
                .. stackTrace.Select(line => (System.Text.Json.Nodes.JsonNode)line),
            ]);
        }

        return new InvocationResult(true, System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(body));
    }
}
