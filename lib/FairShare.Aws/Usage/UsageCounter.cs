using System.Globalization;
using Amazon.DynamoDBv2.Model;
using FairShare.Aws.Table;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Usage;

/// <summary>
/// What one party uses, on one item. A call costs one conditional update: it counts the call in the hour of the clock and, where the call
/// opens something, counts that too. What is open is never counted down. It is an upper bound, and is counted anew when the bound meets the
/// limit, at most once a minute.
/// </summary>
internal sealed class UsageCounter(ItemTable table, ItemKey key, UsageLimits limits, DateTimeOffset now)
{
    private const int Attempts = 20;
    private static readonly TimeSpan RecountInterval = TimeSpan.FromMinutes(1);

    private readonly string hour = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH", CultureInfo.InvariantCulture);

    /// <summary>Counts a call.</summary>
    /// <param name="opened">What the call opens; Calls for nothing.</param>
    /// <param name="recount">Counts what is really open of that kind.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Null when it is counted; else the refusal, and nothing is counted.</returns>
    public async Task<UsageRefusal?> CountAsync(UsageKind opened, Func<Task<long>> recount, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var standing = await table.TryChangeAsync(CountInThisHour(opened), cancellationToken);
            if (standing.Changed)
            {
                return null;
            }

            var item = standing.Found ?? new Item(key);
            var isThisHour = string.CompareOrdinal(item.OptionalText("hourOf"), hour) >= 0;
            if (isThisHour && item.OptionalNumber("calls") >= limits.CallsAnHour)
            {
                return new UsageRefusal(UsageKind.Calls, NextHour - now);
            }

            if (opened != UsageKind.Calls && item.OptionalNumber(Name(opened)) >= Limit(opened))
            {
                if (await RecountAsync(item, opened, recount, cancellationToken) is { } wait)
                {
                    return new UsageRefusal(opened, wait);
                }
            }
            else if (!isThisHour && (await table.TryChangeAsync(BeginHour(opened), cancellationToken)).Changed)
            {
                return null;
            }
        }

        throw new ContentionException(new InvalidOperationException("The party's calls met one another too often."));
    }

    private DateTimeOffset NextHour => now.AddTicks(TimeSpan.TicksPerHour - (now.UtcTicks % TimeSpan.TicksPerHour));

    /// <returns>How long to wait for the next recount; null when it was counted anew, or another call was faster.</returns>
    private async Task<TimeSpan?> RecountAsync(Item item, UsageKind opened, Func<Task<long>> recount, CancellationToken cancellationToken)
    {
        var next = item.OptionalText("recountedAt") is { } text ? Timestamp.Parse(text) + RecountInterval : DateTimeOffset.MinValue;
        if (now < next)
        {
            return next - now;
        }

        // What was opened before the item was read is noted already, and what is opened from then on makes the condition fail.
        var open = await recount();
        var name = Name(opened);
        await table.TryChangeAsync(
            new TableWrite.Change(
                key,
                $"SET {name} = :open, recountedAt = :now",
                $"{name} = :seen",
                new()
                {
                    [":open"] = Number(open),
                    [":seen"] = Number(item.OptionalNumber(name) ?? 0),
                    [":now"] = new AttributeValue(Timestamp.Format(now)),
                }
            ),
            cancellationToken
        );
        return null;
    }

    private TableWrite.Change CountInThisHour(UsageKind opened) =>
        opened == UsageKind.Calls
            ? new(key, "ADD calls :one", "hourOf >= :hour AND calls < :calls", Values(opened, (":calls", limits.CallsAnHour)))
            : new(
                key,
                $"ADD calls :one, {Name(opened)} :one",
                $"hourOf >= :hour AND calls < :calls AND {HasRoom(opened)}",
                Values(opened, (":calls", limits.CallsAnHour))
            );

    private TableWrite.Change BeginHour(UsageKind opened)
    {
        const string Another = "(attribute_not_exists(hourOf) OR hourOf < :hour)";
        return opened == UsageKind.Calls
            ? new(key, "SET hourOf = :hour, calls = :one", Another, Values(opened))
            : new(key, $"SET hourOf = :hour, calls = :one ADD {Name(opened)} :one", $"{Another} AND {HasRoom(opened)}", Values(opened));
    }

    private static string HasRoom(UsageKind opened) => $"(attribute_not_exists({Name(opened)}) OR {Name(opened)} < :most)";

    private Dictionary<string, AttributeValue> Values(UsageKind opened, params (string Name, long Value)[] others)
    {
        var values = others.Append((Name: ":one", Value: 1)).ToDictionary(value => value.Name, value => Number(value.Value));
        values[":hour"] = new AttributeValue(hour);
        if (opened != UsageKind.Calls)
        {
            values[":most"] = Number(Limit(opened));
        }

        return values;
    }

    private long Limit(UsageKind kind) => kind == UsageKind.Exchanges ? limits.OpenExchanges : limits.PendingUploads;

    private static string Name(UsageKind kind) => kind == UsageKind.Exchanges ? "exchanges" : "uploads";

    private static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };
}
