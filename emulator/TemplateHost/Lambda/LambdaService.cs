using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.Lambda.EventSources;
using TemplateHost.Lambda.Operations;
using TemplateHost.Lambda.Runtime;
using TemplateHost.Lambda.Storage;

namespace TemplateHost.Lambda;

/// <summary>AWS Lambda over its REST protocol: https://docs.aws.amazon.com/lambda/latest/api/.</summary>
internal sealed class LambdaService : JsonService, IAwsService
{
    private const string Model = "/2015-03-31";

    public LambdaService(HostContext host, IFunctionRuntime runtime)
    {
        FunctionTables.Define(host.Store);
        VersionTables.Define(host.Store);
        Invoker = new FunctionInvoker(host, runtime);
        Events = new EventDelivery(host, Invoker);
        Mappings = new SourceMappings(host, Invoker);
        Access = new FunctionAccess(host);
        var functions = new FunctionOperations(host, Access);
        var versions = new VersionOperations(host, Access);
        Operations = new([
            new(
                "Invoke",
                "FunctionName InvocationType Payload Qualifier LogType=None",
                new InvokeOperations(host, Access, Invoker, Events).InvokeAsync
            )
            {
                Right = "InvokeFunction",
            },
            new("GetFunction", "FunctionName Qualifier", functions.GetAsync),
            new("ListFunctions", "Marker MaxItems", functions.ListAsync),
            new("GetPolicy", "FunctionName Qualifier", functions.GetPolicyAsync),
            new("PutFunctionConcurrency", "FunctionName ReservedConcurrentExecutions", functions.PutConcurrencyAsync),
            new("DeleteFunctionConcurrency", "FunctionName", functions.DeleteConcurrencyAsync),
            new("ListVersionsByFunction", "FunctionName Marker MaxItems", versions.ListAsync),
            new("ListAliases", "FunctionName Marker MaxItems", versions.ListAliasesAsync),
            new("GetAlias", "FunctionName Name", versions.GetAliasAsync),
            new(
                "UpdateAlias",
                "FunctionName Name FunctionVersion Description RoutingConfig(AdditionalVersionWeights(*))",
                versions.UpdateAliasAsync
            ),
        ]);
    }

    public FunctionInvoker Invoker { get; }

    public FunctionAccess Access { get; }

    public EventDelivery Events { get; }

    public SourceMappings Mappings { get; }

    public override string SigningName => "lambda";

    protected override string ContentType => "application/json";

    protected override string UnservedMemberCode => "InvalidParameterValueException";

    protected override OperationTable<JsonCall, JsonObject> Operations { get; }

    async Task<AwsResponse> IAwsService.HandleAsync(AwsRequest request, CancellationToken cancellationToken)
    {
        var (operation, function, alias) = Route(request);
        var input = operation is "PutFunctionConcurrency" or "UpdateAlias" ? BodyOf(request) : [];
        foreach (var (name, value) in request.Query)
        {
            input[name] = value;
        }

        if (function is not null)
        {
            input["FunctionName"] = function;
        }

        if (alias is not null)
        {
            input["Name"] = alias;
        }

        if (operation == "Invoke")
        {
            input["InvocationType"] = request.Headers.GetValueOrDefault("X-Amz-Invocation-Type", "RequestResponse");
            input["LogType"] = request.Header("X-Amz-Log-Type");
            input["ClientContext"] = request.Header("X-Amz-Client-Context");
            input["Payload"] = Encoding.UTF8.GetString(request.Octets.Span);
        }

        var output = await InvokeAsync(operation, new JsonCall(request.Caller, request.RequestId, input, cancellationToken));
        return operation == "Invoke" ? Invoked(output) : Described(output);
    }

    private static (string Operation, string? Function, string? Alias) Route(AwsRequest request)
    {
        var path = request.RawPath.TrimEnd('/');
        var marker = path.IndexOf("/functions", StringComparison.Ordinal);
        var parts = marker > 0 ? path[(marker + "/functions".Length)..].Split('/').Select(Uri.UnescapeDataString).ToArray() : null;
        return (request.Method, path[..Math.Max(marker, 0)], parts) switch
        {
            ("POST", Model, ["", var name, "invocations"]) => ("Invoke", name, null),
            ("GET", Model, ["", var name, "policy"]) => ("GetPolicy", name, null),
            ("GET", Model, ["", var name, "versions"]) => ("ListVersionsByFunction", name, null),
            ("GET", Model, ["", var name, "aliases"]) => ("ListAliases", name, null),
            ("GET", Model, ["", var name, "aliases", var alias]) => ("GetAlias", name, alias),
            ("PUT", Model, ["", var name, "aliases", var alias]) => ("UpdateAlias", name, alias),
            ("PUT", "/2017-10-31", ["", var name, "concurrency"]) => ("PutFunctionConcurrency", name, null),
            ("DELETE", "/2017-10-31", ["", var name, "concurrency"]) => ("DeleteFunctionConcurrency", name, null),
            ("GET", Model, ["", var name]) => ("GetFunction", name, null),
            ("GET", Model, [""]) => ("ListFunctions", null, null),
            _ => ($"{request.Method} {path}", null, null),
        };
    }

    private static JsonObject BodyOf(AwsRequest request)
    {
        try
        {
            return JsonNode.Parse(request.Octets.Span) as JsonObject ?? [];
        }
        catch (JsonException fault)
        {
            throw new AwsException("InvalidRequestContentException", $"Could not parse request body into json: {fault.Message}");
        }
    }

    private static AwsResponse Invoked(JsonObject output)
    {
        var response = new AwsResponse
        {
            Status = output["StatusCode"]!.GetValue<int>(),
            Body = Encoding.UTF8.GetBytes(output["Payload"]?.GetValue<string>() ?? ""),
        };
        response.Headers["Content-Type"] = "application/json";
        response.Headers["X-Amz-Executed-Version"] = output["ExecutedVersion"]?.GetValue<string>() ?? "$LATEST";
        if (output["FunctionError"] is { } error)
        {
            response.Headers["X-Amz-Function-Error"] = error.GetValue<string>();
        }

        return response;
    }

    private static AwsResponse Described(JsonObject output)
    {
        if (output.ContainsKey(FunctionOperations.EmptyAnswer))
        {
            return new AwsResponse { Status = 204 };
        }

        var response = new AwsResponse { Body = JsonSerializer.SerializeToUtf8Bytes(output) };
        response.Headers["Content-Type"] = "application/json";
        return response;
    }
}
