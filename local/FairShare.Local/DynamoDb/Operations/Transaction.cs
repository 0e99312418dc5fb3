using System.Text.Json.Nodes;
using FairShare.Local.DynamoDb.Model;
using FairShare.Local.Gateway;

namespace FairShare.Local.DynamoDb.Operations;

/// <summary>Runs the writes of a transaction; one that fails cancels all, and every failure is told.</summary>
internal static class Transaction
{
    /// <exception cref="AwsException">TransactionCanceledException, with a reason for each item.</exception>
    public static IReadOnlyList<Capacity> Write(ItemWriter writer, IReadOnlyList<WriteAction> writes)
    {
        var (capacities, reasons) = (new List<Capacity>(), new List<JsonObject>());
        foreach (var write in writes)
        {
            reasons.Add(Attempt(() => capacities.Add(writer.Write(write).Capacity.Doubled())));
        }

        return reasons.TrueForAll(reason => reason["Code"]!.ToString() == "None") ? capacities : throw Cancelled(reasons);
    }

    private static JsonObject Attempt(Action write)
    {
        try
        {
            write();
            return new JsonObject { ["Code"] = "None" };
        }
        catch (ConditionFailedException failed)
        {
            var reason = new JsonObject { ["Code"] = "ConditionalCheckFailed", ["Message"] = failed.Message };
            if (failed.Item is { } item)
            {
                reason["Item"] = item.ToJson();
            }

            return reason;
        }
        catch (AwsException invalid) when (invalid.Code == "ValidationException")
        {
            return new JsonObject { ["Code"] = "ValidationError", ["Message"] = invalid.Message };
        }
    }

    private static AwsException Cancelled(List<JsonObject> reasons)
    {
        var codes = string.Join(", ", reasons.Select(reason => reason["Code"]!.ToString()));
        return new AwsException(
            "TransactionCanceledException",
            $"Transaction cancelled, please refer cancellation reasons for specific reasons [{codes}]")
        {
            Members = new Dictionary<string, JsonNode?> { ["CancellationReasons"] = new JsonArray([.. reasons]) },
        };
    }
}
