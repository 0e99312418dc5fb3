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
    private const string Functions = "/2015-03-31/functions";

    public LambdaService(HostContext host, IFunctionRuntime runtime)
    {
        FunctionTables.Define(host.Store);
        Invoker = new FunctionInvoker(host, runtime);
        Events = new EventDelivery(host, Invoker);
        Mappings = new SourceMappings(host, Invoker);
        Access = new FunctionAccess(host);
        var functions = new FunctionOperations(host, Access);
        Operations = new([
            new(
                "Invoke",
                "FunctionName InvocationType Payload Qualifier=$LATEST LogType=None",
                new InvokeOperations(host, Access, Invoker, Events).InvokeAsync
            )
            {
                Right = "InvokeFunction",
            },
            new("GetFunction", "FunctionName Qualifier=$LATEST", functions.GetAsync),
            new("ListFunctions", "Marker MaxItems", functions.ListAsync),
            new("GetPolicy", "FunctionName Qualifier=$LATEST", functions.GetPolicyAsync),
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
        var (operation, function) = Route(request);
        var input = new JsonObject();
        foreach (var (name, value) in request.Query)
        {
            input[name] = value;
        }

        if (function is not null)
        {
            input["FunctionName"] = function;
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

    private static (string Operation, string? Function) Route(AwsRequest request)
    {
        var path = request.RawPath.TrimEnd('/');
        var parts = path.StartsWith(Functions, StringComparison.Ordinal)
            ? path[Functions.Length..].Split('/').Select(Uri.UnescapeDataString).ToArray()
            : null;
        return (request.Method, parts) switch
        {
            ("POST", ["", var name, "invocations"]) => ("Invoke", name),
            ("GET", ["", var name, "policy"]) => ("GetPolicy", name),
            ("GET", ["", var name]) => ("GetFunction", name),
            ("GET", [""]) => ("ListFunctions", null),
            _ => ($"{request.Method} {path}", null),
        };
    }

    private static AwsResponse Invoked(JsonObject output)
    {
        var response = new AwsResponse
        {
            Status = output["StatusCode"]!.GetValue<int>(),
            Body = Encoding.UTF8.GetBytes(output["Payload"]?.GetValue<string>() ?? ""),
        };
        response.Headers["Content-Type"] = "application/json";
        response.Headers["X-Amz-Executed-Version"] = "$LATEST";
        if (output["FunctionError"] is { } error)
        {
            response.Headers["X-Amz-Function-Error"] = error.GetValue<string>();
        }

        return response;
    }

    private static AwsResponse Described(JsonObject output)
    {
        var response = new AwsResponse { Body = JsonSerializer.SerializeToUtf8Bytes(output) };
        response.Headers["Content-Type"] = "application/json";
        return response;
    }
}
