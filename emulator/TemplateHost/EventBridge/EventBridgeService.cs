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
        ScheduleTable.Define(host.Store);
        Worker = new DeliveryWorker(host);
        Schedules = new ScheduleWorker(host, Worker);
        var events = new PutEventsOperation(host, Worker);
        var rules = new RuleOperations(host);
        var buses = new BusOperations(host);
        Operations = new([
            new("PutEvents", "Entries(Time Source Resources DetailType Detail EventBusName)", events.PutAsync),
            new("TestEventPattern", "EventPattern Event", rules.TestPatternAsync),
            new("PutRule", "Name EventPattern ScheduleExpression State Description EventBusName", rules.PutAsync),
            new("EnableRule", "Name EventBusName", rules.EnableAsync),
            new("DisableRule", "Name EventBusName", rules.DisableAsync),
            new("PutTargets", "Rule EventBusName Targets", rules.PutTargetsAsync),
            new("RemoveTargets", "Rule EventBusName Ids Force", rules.RemoveTargetsAsync),
            new("DescribeRule", "Name EventBusName", rules.DescribeAsync),
            new("ListRules", "NamePrefix EventBusName NextToken Limit", rules.ListAsync),
            new("ListTargetsByRule", "Rule EventBusName NextToken Limit", rules.ListTargetsAsync),
            new("DeleteRule", "Name EventBusName Force", rules.DeleteAsync),
            new("CreateEventBus", "Name", buses.CreateAsync),
            new("DeleteEventBus", "Name", buses.DeleteAsync),
            new("DescribeEventBus", "Name", buses.DescribeAsync),
            new("ListEventBuses", "NamePrefix NextToken Limit", buses.ListAsync),
        ]);
    }

    public DeliveryWorker Worker { get; }

    public ScheduleWorker Schedules { get; }

    public override string SigningName => "events";

    protected override string ContentType => "application/x-amz-json-1.1";

    protected override OperationTable<JsonCall, JsonObject> Operations { get; }
}
