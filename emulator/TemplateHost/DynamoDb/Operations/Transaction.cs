using System.Text.Json.Nodes;
using TemplateHost.DynamoDb.Model;
using TemplateHost.Kernel;

namespace TemplateHost.DynamoDb.Operations;

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

    /// <summary>Why one item cancelled the transaction; <c>None</c> where it did not.</summary>
    public static JsonObject Reason(string code, string? message = null) =>
        message is null ? new JsonObject { ["Code"] = code } : new JsonObject { ["Code"] = code, ["Message"] = message };

    /// <param name="reasons">One for each item, in the order of the request.</param>
    public static AwsException Cancelled(IReadOnlyList<JsonObject> reasons)
    {
        var codes = string.Join(", ", reasons.Select(reason => reason["Code"]!.ToString()));
        return new AwsException(
            "TransactionCanceledException",
            $"Transaction cancelled, please refer cancellation reasons for specific reasons [{codes}]"
        )
        {
            Members = new Dictionary<string, JsonNode?> { ["CancellationReasons"] = new JsonArray([.. reasons]) },
        };
    }

    private static JsonObject Attempt(Action write)
    {
        try
        {
            write();
            return Reason("None");
        }
        catch (ConditionFailedException failed)
        {
            var reason = Reason("ConditionalCheckFailed", failed.Message);
            if (failed.Item is { } item)
            {
                reason["Item"] = item.ToJson();
            }

            return reason;
        }
        catch (AwsException invalid) when (invalid.Code == "ValidationException")
        {
            return Reason("ValidationError", invalid.Message);
        }
    }
}
