using System.Text.Json.Nodes;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.Lambda.Storage;

namespace TemplateHost.Lambda.Operations;

/// <summary>GetFunction, ListFunctions, GetPolicy.</summary>
internal sealed class FunctionOperations(HostContext host, FunctionAccess access)
{
    private const string Invalid = "InvalidParameterValueException";

    private static readonly Paging Pages = new("MaxItems", "Marker", "NextMarker", 10_000, Invalid, Invalid);

    public Task<JsonObject> GetAsync(JsonCall call)
    {
        var function = access.Demand(call.Caller, NameIn(call), call.Right);
        return Task.FromResult(
            new JsonObject
            {
                ["Configuration"] = function.Describe(),
                ["Code"] = new JsonObject { ["RepositoryType"] = "S3" },
            }
        );
    }

    public Task<JsonObject> ListAsync(JsonCall call)
    {
        host.Authorizer.Demand(call.Caller, call.Right, "*");
        var functions = host.Store.Read(FunctionTables.List);
        return Task.FromResult(Pages.Page(call.Input, "Functions", functions, function => function.Describe()));
    }

    public Task<JsonObject> GetPolicyAsync(JsonCall call)
    {
        var function = access.Demand(call.Caller, NameIn(call), call.Right);
        var policy =
            host.Store.Read(session => FunctionTables.Policy(session, function.Name))
            ?? throw new AwsException("ResourceNotFoundException", "The resource you requested does not exist.", 404);
        return Task.FromResult(new JsonObject { ["Policy"] = policy.ToJsonString() });
    }

    private static string NameIn(JsonCall call) => call.Input["FunctionName"]?.GetValue<string>() ?? "";
}
