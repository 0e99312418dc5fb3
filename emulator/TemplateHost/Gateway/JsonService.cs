using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.Kernel;

namespace TemplateHost.Gateway;

/// <summary>One call of a JSON-protocol operation.</summary>
internal sealed record JsonCall(Caller Caller, string RequestId, JsonObject Input, CancellationToken CancellationToken)
{
    /// <summary>The right that the operation takes, as <c>kms:Sign</c>.</summary>
    public string Right { get; init; } = "";
}

/// <summary>A service that speaks AWS JSON 1.0 or 1.1: the operation is named by X-Amz-Target, bodies are JSON both ways.</summary>
internal abstract class JsonService : IAwsService
{
    /// <summary>The operations served, by name; each is one class or method of the service's folder.</summary>
    protected abstract OperationTable<JsonCall, JsonObject> Operations { get; }

    public abstract string SigningName { get; }

    public IEnumerable<string> OperationNames => Operations.Names;

    /// <summary>The version of the protocol as it stands in Content-Type, <c>application/x-amz-json-1.0</c> or <c>-1.1</c>.</summary>
    protected virtual string ContentType => "application/x-amz-json-1.0";

    /// <summary>What an operation that is not served is called in this service's errors.</summary>
    protected virtual string UnknownOperationCode => "UnknownOperationException";

    /// <summary>What a member that is not served is called in this service's errors.</summary>
    protected virtual string UnservedMemberCode => "ValidationException";

    public virtual bool AllowsAnonymous(AwsRequest request) => false;

    public async Task<AwsResponse> HandleAsync(AwsRequest request, CancellationToken cancellationToken)
    {
        var operation = OperationOf(request);
        var input = ReadBody(request);
        try
        {
            return Json(200, await InvokeAsync(operation, new JsonCall(request.Caller, request.RequestId, input, cancellationToken)));
        }
        catch (Exception mistyped) when (IsOfAnotherType(mistyped))
        {
            throw new AwsException("SerializationException", "A member of the body is of another type than the operation's.");
        }
    }

    /// <summary>Runs an operation; also the way in for calls between services.</summary>
    public Task<JsonObject> InvokeAsync(string operation, JsonCall call)
    {
        var found = Operations.Demand(
            operation,
            members => members.UnservedOf(call.Input),
            UnknownOperationCode,
            UnservedMemberCode,
            SigningName
        );
        return found.Run(call with { Right = $"{SigningName}:{found.Right}" });
    }

    public AwsResponse WriteError(AwsException error, AwsRequest request)
    {
        var body = new JsonObject { ["__type"] = error.Code, ["message"] = error.Message };
        foreach (var (name, value) in error.Members)
        {
            body[name] = value?.DeepClone();
        }

        var response = Json(error.Status, body);
        response.Headers["x-amzn-ErrorType"] = error.Code;
        return response;
    }

    protected static string OperationOf(AwsRequest request) =>
        request.Headers.TryGetValue("X-Amz-Target", out var target)
            ? target[(target.LastIndexOf('.') + 1)..]
            : throw new AwsException("MissingAction", "The request names no operation: the header X-Amz-Target is missing.");

    /// <summary>Text where a number stands, a list where an object does: what reading a node as something else throws.</summary>
    private static bool IsOfAnotherType(Exception exception) =>
        exception switch
        {
            InvalidOperationException or FormatException => exception.Source == typeof(JsonNode).Assembly.GetName().Name,
            InvalidCastException => exception.Message.Contains("System.Text.Json.Nodes", StringComparison.Ordinal),
            _ => false,
        };

    private static JsonObject ReadBody(AwsRequest request)
    {
        try
        {
            return request.Octets.IsEmpty
                ? []
                : DeepJson.Parse(request.Octets.Span) as JsonObject
                    ?? throw new AwsException("SerializationException", "The body is not a JSON object.");
        }
        catch (JsonException)
        {
            throw new AwsException("SerializationException", "The body is not JSON.");
        }
    }

    private AwsResponse Json(int status, JsonObject body)
    {
        var response = new AwsResponse { Status = status, Body = DeepJson.Write(body) };
        response.Headers["Content-Type"] = ContentType;
        return response;
    }
}
