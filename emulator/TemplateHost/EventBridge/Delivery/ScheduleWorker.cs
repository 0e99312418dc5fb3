using System.Globalization;
using System.Text.Json.Nodes;
using TemplateHost.EventBridge.Model;
using TemplateHost.EventBridge.Storage;
using TemplateHost.Kernel;
using TemplateHost.Storage;

namespace TemplateHost.EventBridge.Delivery;

/// <summary>
/// Makes the events of scheduled rules: the first when one rate has passed since the rule was made. What fell due while the host stood
/// still is one event, not many.
/// </summary>
internal sealed class ScheduleWorker(HostContext host, DeliveryWorker worker)
    : Sweeper(host, "The schedule of rules", TimeSpan.FromMinutes(1))
{
    protected override async Task SweepAsync()
    {
        var deliveries = await Host.Store.WriteAsync(MatchDue);
        deliveries.ForEach(worker.Enqueue);
    }

    private List<PendingDelivery> MatchDue(StoreSession session)
    {
        var (now, deliveries) = (Host.Time.GetUtcNow(), new List<PendingDelivery>());
        foreach (var rule in EventTables.Rules(session, "default").Where(rule => rule.Schedule is not null))
        {
            if (ScheduleTable.Due(session, rule.Name) > now)
            {
                continue;
            }

            ScheduleTable.Put(session, rule.Name, now + RateExpression.Parse(rule.Schedule!));
            var @event = EventOf(rule, now);
            deliveries.AddRange(
                rule.Targets.Where(_ => rule.Enabled)
                    .Select(target => DeliveryTable.Add(session, rule.Arn, target, TargetMessage.Of(target, @event, rule), now))
            );
        }

        return deliveries;
    }

    private JsonObject EventOf(Rule rule, DateTimeOffset now) =>
        new()
        {
            ["version"] = "0",
            ["id"] = Host.Random.Uuid(),
            ["detail-type"] = "Scheduled Event",
            ["source"] = "aws.events",
            ["account"] = Host.AccountId,
            ["time"] = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["region"] = Host.Region,
            ["resources"] = new JsonArray(rule.Arn),
            ["detail"] = new JsonObject(),
        };
}
