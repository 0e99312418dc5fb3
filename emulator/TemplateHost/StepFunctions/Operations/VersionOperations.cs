using System.Text.Json.Nodes;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.StepFunctions.Model;
using TemplateHost.StepFunctions.Storage;
using TemplateHost.Storage;

namespace TemplateHost.StepFunctions.Operations;

/// <summary>
/// PublishStateMachineVersion, ListStateMachineVersions, DescribeStateMachineAlias, ListStateMachineAliases, UpdateStateMachineAlias.
/// </summary>
internal sealed class VersionOperations(HostContext host)
{
    private const int Whole = 100;

    public async Task<JsonObject> PublishAsync(JsonCall call)
    {
        var arn = Demand(call, "stateMachineArn");
        var version = await host.Store.WriteAsync(session =>
            VersionTable.Publish(session, arn, Machine(session, arn).Revision, call.Input.Optional("description") ?? "", host.Now())
        );
        return new JsonObject { ["stateMachineVersionArn"] = version.Arn, ["creationDate"] = Inputs.Seconds(version.CreatedAt) };
    }

    public Task<JsonObject> ListAsync(JsonCall call)
    {
        var arn = Demand(call, "stateMachineArn");
        var versions = host.Store.Read(session => VersionTable.List(session, Machine(session, arn).Arn));
        // The newest first, as at Step Functions.
        return Task.FromResult(
            new JsonObject
            {
                ["stateMachineVersions"] = new JsonArray([
                    .. Enumerable
                        .Reverse(versions)
                        .Select(version => new JsonObject
                        {
                            ["stateMachineVersionArn"] = version.Arn,
                            ["creationDate"] = Inputs.Seconds(version.CreatedAt),
                        }),
                ]),
            }
        );
    }

    public Task<JsonObject> ListAliasesAsync(JsonCall call)
    {
        var arn = Demand(call, "stateMachineArn");
        var aliases = host.Store.Read(session => VersionTable.Aliases(session, QualifiedArn.MachineOf(arn)));
        return Task.FromResult(
            new JsonObject
            {
                ["stateMachineAliases"] = new JsonArray([
                    .. aliases.Select(alias => new JsonObject
                    {
                        ["stateMachineAliasArn"] = alias.Arn,
                        ["creationDate"] = Inputs.Seconds(alias.UpdatedAt),
                    }),
                ]),
            }
        );
    }

    public Task<JsonObject> DescribeAliasAsync(JsonCall call)
    {
        var arn = Demand(call, "stateMachineAliasArn");
        var alias = host.Store.Read(session => VersionTable.FindAlias(session, arn)) ?? throw Unknown(arn);
        return Task.FromResult(
            new JsonObject
            {
                ["stateMachineAliasArn"] = alias.Arn,
                ["name"] = alias.Name,
                ["description"] = alias.Description,
                ["routingConfiguration"] = new JsonArray([
                    .. alias.Routes.Select(route => new JsonObject
                    {
                        ["stateMachineVersionArn"] = route.Version,
                        ["weight"] = route.Weight,
                    }),
                ]),
                ["updateDate"] = Inputs.Seconds(alias.UpdatedAt),
            }
        );
    }

    public async Task<JsonObject> UpdateAliasAsync(JsonCall call)
    {
        var arn = Demand(call, "stateMachineAliasArn");
        var updated = await host.Store.WriteAsync(session =>
        {
            var alias = VersionTable.FindAlias(session, arn) ?? throw Unknown(arn);
            var changed = alias with
            {
                Description = call.Input.Optional("description") ?? alias.Description,
                Routes = call.Input["routingConfiguration"] is JsonArray routes ? Routes(session, routes) : alias.Routes,
                UpdatedAt = host.Now(),
            };
            VersionTable.PutAlias(session, changed);
            return changed;
        });
        return new JsonObject { ["updateDate"] = Inputs.Seconds(updated.UpdatedAt) };
    }

    /// <summary>One or two versions that there are, with weights that add up to 100.</summary>
    /// <exception cref="AwsException">ValidationException, or ResourceNotFound.</exception>
    public static List<MachineRoute> Routes(StoreSession session, JsonArray routes)
    {
        var read = routes
            .Select(route => new MachineRoute(
                route!["stateMachineVersionArn"]!.GetValue<string>(),
                int.Parse($"{route["weight"]}", System.Globalization.CultureInfo.InvariantCulture)
            ))
            .ToList();
        if (read.Count is 0 or > 2 || read.Sum(route => route.Weight) != Whole || read.Exists(route => route.Weight < 0))
        {
            throw new AwsException("ValidationException", "The routing configuration is of one or two versions, of 100 together.");
        }

        return read.Find(route => VersionTable.Find(session, route.Version) is null) is { } gone ? throw Unknown(gone.Version) : read;
    }

    private string Demand(JsonCall call, string member)
    {
        var arn = call.Input.Arn(member);
        host.Authorizer.Demand(call.Caller, call.Right, arn);
        return arn;
    }

    private static StateMachineRecord Machine(StoreSession session, string arn) =>
        MachineTable.Find(session, arn) ?? throw new AwsException("StateMachineDoesNotExist", $"State Machine Does Not Exist: '{arn}'");

    private static AwsException Unknown(string arn) => new("ResourceNotFound", $"Resource not found: '{arn}'");
}
