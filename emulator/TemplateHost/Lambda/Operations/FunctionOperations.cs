using System.Text.Json.Nodes;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.Lambda.Model;
using TemplateHost.Lambda.Storage;

namespace TemplateHost.Lambda.Operations;

/// <summary>GetFunction, ListFunctions, GetPolicy, PutFunctionConcurrency, DeleteFunctionConcurrency.</summary>
internal sealed class FunctionOperations(HostContext host, FunctionAccess access)
{
    private const string Invalid = "InvalidParameterValueException";

    private static readonly Paging Pages = new("MaxItems", "Marker", "NextMarker", 10_000, Invalid, Invalid);

    public Task<JsonObject> GetAsync(JsonCall call)
    {
        var function = access.DemandTarget(call.Caller, NameIn(call), call.Input["Qualifier"]?.GetValue<string>(), call.Right).Function;
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
        var qualifier = FunctionConfiguration.QualifierOf(NameIn(call)) ?? call.Input["Qualifier"]?.GetValue<string>();
        var function = access.DemandTarget(call.Caller, NameIn(call), qualifier, call.Right).Function;
        var policyOf = qualifier is null or FunctionConfiguration.Latest ? function.Name : $"{function.Name}:{qualifier}";
        var policy =
            host.Store.Read(session => FunctionTables.Policy(session, policyOf))
            ?? throw new AwsException("ResourceNotFoundException", "The resource you requested does not exist.", 404);
        return Task.FromResult(new JsonObject { ["Policy"] = policy.ToJsonString() });
    }

    /// <summary>Bounds how many instances run at a time, of all versions together; 0 refuses every invocation from now on.</summary>
    public async Task<JsonObject> PutConcurrencyAsync(JsonCall call)
    {
        var most = call.Input["ReservedConcurrentExecutions"]?.GetValue<int>() ?? -1;
        if (most < 0)
        {
            throw new AwsException(Invalid, "ReservedConcurrentExecutions must be 0 or more.");
        }

        await SetConcurrencyAsync(call, most);
        return new JsonObject { ["ReservedConcurrentExecutions"] = most };
    }

    public async Task<JsonObject> DeleteConcurrencyAsync(JsonCall call)
    {
        await SetConcurrencyAsync(call, null);
        return new JsonObject { [EmptyAnswer] = true };
    }

    /// <summary>Says of an answer that it is status 204, without a body.</summary>
    public const string EmptyAnswer = "#empty";

    private Task<bool> SetConcurrencyAsync(JsonCall call, int? most)
    {
        var function = access.Demand(call.Caller, NameIn(call), call.Right);
        return host.Store.WriteAsync(session =>
        {
            FunctionTables.Put(session, FunctionTables.Find(session, function.Name)! with { ReservedConcurrency = most });
            return true;
        });
    }

    private static string NameIn(JsonCall call) => call.Input["FunctionName"]?.GetValue<string>() ?? "";
}
