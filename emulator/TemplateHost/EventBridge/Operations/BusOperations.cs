using System.Text.Json.Nodes;
using TemplateHost.EventBridge.Storage;
using TemplateHost.Gateway;
using TemplateHost.Kernel;

namespace TemplateHost.EventBridge.Operations;

/// <summary>CreateEventBus, DeleteEventBus, DescribeEventBus, ListEventBuses.</summary>
internal sealed class BusOperations(HostContext host)
{
    public async Task<JsonObject> CreateAsync(JsonCall call)
    {
        var name = Demand(call);
        return await host.Store.WriteAsync(session => EventTables.PutBus(session, name, host.Time.GetUtcNow()))
            ? new JsonObject { ["EventBusArn"] = ArnOf(name) }
            : throw new AwsException("ResourceAlreadyExistsException", $"Event bus {name} already exists.");
    }

    public async Task<JsonObject> DeleteAsync(JsonCall call)
    {
        var name = Demand(call);
        if (name == "default")
        {
            throw new AwsException("ValidationException", "Cannot delete event bus default.");
        }

        await host.Store.WriteAsync(session => EventTables.DeleteBus(session, name));
        return [];
    }

    public Task<JsonObject> DescribeAsync(JsonCall call)
    {
        var name = Demand(call);
        return host.Store.Read(session => EventTables.HasBus(session, name))
            ? Task.FromResult(Describe(name))
            : throw new AwsException("ResourceNotFoundException", $"Event bus {name} does not exist.");
    }

    public Task<JsonObject> ListAsync(JsonCall call)
    {
        host.Authorizer.Demand(call.Caller, call.Right, "*");
        var prefix = call.Input["NamePrefix"]?.GetValue<string>() ?? "";
        var names = host.Store.Read(EventTables.Buses).Where(name => name.StartsWith(prefix, StringComparison.Ordinal));
        return Task.FromResult(BusNames.Pages.Page(call.Input, "EventBuses", [.. names], Describe));
    }

    private string Demand(JsonCall call)
    {
        var name = BusNames.Of(call.Input["Name"]?.GetValue<string>());
        host.Authorizer.Demand(call.Caller, call.Right, ArnOf(name));
        return name;
    }

    private JsonObject Describe(string name) => new() { ["Name"] = name, ["Arn"] = ArnOf(name) };

    private string ArnOf(string name) => host.Arn("events", $"event-bus/{name}");
}
