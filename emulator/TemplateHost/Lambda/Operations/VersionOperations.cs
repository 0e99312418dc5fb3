using System.Text.Json.Nodes;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.Lambda.Model;
using TemplateHost.Lambda.Storage;

namespace TemplateHost.Lambda.Operations;

/// <summary>ListVersionsByFunction, ListAliases, GetAlias, UpdateAlias.</summary>
internal sealed class VersionOperations(HostContext host, FunctionAccess access)
{
    private const string Invalid = "InvalidParameterValueException";

    private static readonly Paging Pages = new("MaxItems", "Marker", "NextMarker", 10_000, Invalid, Invalid);

    public Task<JsonObject> ListAsync(JsonCall call)
    {
        var function = Demand(call);
        var versions = host.Store.Read(session => VersionTables.List(session, function.Name));
        return Task.FromResult(Pages.Page(call.Input, "Versions", [function, .. versions], version => version.Describe()));
    }

    public Task<JsonObject> ListAliasesAsync(JsonCall call)
    {
        var function = Demand(call);
        var aliases = host.Store.Read(session => VersionTables.Aliases(session, function.Name));
        return Task.FromResult(Pages.Page(call.Input, "Aliases", aliases, alias => alias.Describe(function.Arn)));
    }

    public Task<JsonObject> GetAliasAsync(JsonCall call)
    {
        var function = Demand(call);
        return Task.FromResult(Find(call, function).Describe(function.Arn));
    }

    /// <summary>Moves an alias to another version, or shares its calls out between two.</summary>
    public async Task<JsonObject> UpdateAliasAsync(JsonCall call)
    {
        var function = Demand(call);
        var changed = WithRouting(
            Find(call, function) with
            {
                Version = call.Input["FunctionVersion"]?.GetValue<string>() ?? Find(call, function).Version,
                Description = call.Input["Description"]?.GetValue<string>() ?? Find(call, function).Description,
            },
            call.Input["RoutingConfig"]
        );
        return await host.Store.WriteAsync(session =>
        {
            foreach (var version in new[] { changed.Version, changed.OtherVersion }.OfType<string>())
            {
                _ = VersionTables.Find(session, function.Name, version) ?? throw NotFound($"{function.Arn}:{version}");
            }

            VersionTables.PutAlias(session, function.Name, changed);
            return changed.Describe(function.Arn);
        });
    }

    private static FunctionAlias WithRouting(FunctionAlias alias, JsonNode? routing) =>
        (routing as JsonObject)?["AdditionalVersionWeights"] is not JsonObject weights ? alias
        : weights.Count > 1 ? throw new AwsException(Invalid, "An alias names one version beside its own at most.")
        : weights.SingleOrDefault() is { Key: { } other, Value: { } weight }
            ? alias with
            {
                OtherVersion = other,
                OtherWeight = weight.GetValue<double>(),
            }
        : alias with { OtherVersion = null, OtherWeight = 0 };

    private FunctionConfiguration Demand(JsonCall call) =>
        access.Demand(call.Caller, call.Input["FunctionName"]?.GetValue<string>() ?? "", call.Right);

    private FunctionAlias Find(JsonCall call, FunctionConfiguration function)
    {
        var name = call.Input["Name"]?.GetValue<string>() ?? "";
        return host.Store.Read(session => VersionTables.FindAlias(session, function.Name, name))
            ?? throw NotFound($"{function.Arn}:{name}");
    }

    private static AwsException NotFound(string arn) => new("ResourceNotFoundException", $"Cannot find alias arn: {arn}", 404);
}
