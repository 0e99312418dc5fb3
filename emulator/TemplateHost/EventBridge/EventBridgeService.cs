using System.Text.Json.Nodes;
using TemplateHost.EventBridge.Delivery;
using TemplateHost.EventBridge.Operations;
using TemplateHost.EventBridge.Storage;
using TemplateHost.Gateway;
using TemplateHost.Kernel;

namespace TemplateHost.EventBridge;

/// <summary>Amazon EventBridge: https://docs.aws.amazon.com/eventbridge/latest/APIReference/.</summary>
internal sealed class EventBridgeService : JsonService
{
    public EventBridgeService(HostContext host)
    {
        EventTables.Define(host.Store);
        Worker = new DeliveryWorker(host);
        var events = new PutEventsOperation(host, Worker);
        var rules = new RuleOperations(host);
        var buses = new BusOperations(host);
        Operations = new Dictionary<string, Func<JsonCall, Task<JsonObject>>>
        {
            ["PutEvents"] = events.PutAsync,
            ["TestEventPattern"] = rules.TestPatternAsync,
            ["PutRule"] = rules.PutAsync,
            ["EnableRule"] = rules.EnableAsync,
            ["DisableRule"] = rules.DisableAsync,
            ["PutTargets"] = rules.PutTargetsAsync,
            ["RemoveTargets"] = rules.RemoveTargetsAsync,
            ["DescribeRule"] = rules.DescribeAsync,
            ["ListRules"] = rules.ListAsync,
            ["ListTargetsByRule"] = rules.ListTargetsAsync,
            ["DeleteRule"] = rules.DeleteAsync,
            ["CreateEventBus"] = buses.CreateAsync,
            ["DeleteEventBus"] = buses.DeleteAsync,
            ["DescribeEventBus"] = buses.DescribeAsync,
            ["ListEventBuses"] = buses.ListAsync,
        };
    }

    public DeliveryWorker Worker { get; }

    public override string SigningName => "events";

    protected override string ContentType => "application/x-amz-json-1.1";

    protected override IReadOnlyDictionary<string, Func<JsonCall, Task<JsonObject>>> Operations { get; }
}
