using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using TemplateHost.DynamoDb.Model;
using TemplateHost.DynamoDb.Storage;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.Storage;

namespace TemplateHost.DynamoDb.Operations;

/// <summary>TransactWriteItems: all of up to 100 writes, or none; with a ClientRequestToken, once in ten minutes.</summary>
internal sealed class TransactWriteOperation(HostContext context, TableCatalog tables, TableAccess access, ItemsInFlight inFlight)
{
    private const int MostItems = 100;
    private const int LargestTransaction = 4 << 20;
    private const int LongestToken = 36;

    private readonly WriteActionReader reader = new(tables);

    public async Task<JsonObject> RunAsync(JsonCall call)
    {
        var actions = ReadActions(call.Input);
        foreach (var (action, input) in actions)
        {
            access.Demand(call.Caller, action.Permission, action.Table, [input["Key"] ?? input["Item"]]);
        }

        var writes = actions.Select(pair => pair.Action).ToList();
        var token = TokenOf(call.Input);
        using var entered = inFlight.Enter(writes, token);
        await HoldAsync(token, call.CancellationToken);
        var outcome = await context.Store.WriteAsync(session => RunOnce(session, writes, token, call.Input));
        if (outcome.Repeated)
        {
            access.MeterRead(outcome.Total);
        }
        else
        {
            access.MeterWrite(outcome.Total);
        }

        var answer = new JsonObject();
        TableAccess.Report(answer, call.Input, outcome.ByTable);
        ItemCollections.Report(answer, call.Input, writes);
        return answer;
    }

    /// <summary>Lets the transaction last; a repeat of one that is done already has nothing to hold.</summary>
    private Task HoldAsync(string? token, CancellationToken cancellationToken) =>
        context.TransactionDuration == TimeSpan.Zero
        || (token is not null && context.Store.Read(session => TransactionTokens.IsKnown(session, token, context.Time.GetUtcNow())))
            ? Task.CompletedTask
            : Task.Delay(context.TransactionDuration, context.Time, cancellationToken);

    private List<(WriteAction Action, JsonObject Input)> ReadActions(JsonObject input)
    {
        var items = input["TransactItems"] as JsonArray ?? [];
        if (items.Count is 0 or > MostItems)
        {
            throw Invalid.Request(
                "1 validation error detected: Value at 'transactItems' failed to satisfy constraint: Member must have length "
                    + $"{(items.Count == 0 ? "greater" : "less")} than or equal to {(items.Count == 0 ? 1 : MostItems)}"
            );
        }

        var actions = items.Select((item, position) => ReadAction((JsonObject)item!, position, items.Count)).ToList();
        if (actions.DistinctBy(pair => (pair.Action.Table.Id, pair.Action.Key)).Count() != actions.Count)
        {
            throw Invalid.Request("Transaction request cannot include multiple operations on one item");
        }

        return actions.Sum(pair => (pair.Action as PutAction)?.Item.Size ?? 0) <= LargestTransaction
            ? actions
            : throw Invalid.Request($"Transaction payload size cannot exceed {LargestTransaction} bytes");
    }

    private static string? TokenOf(JsonObject input)
    {
        var token = input["ClientRequestToken"]?.ToString();
        return token?.Length is null or (>= 1 and <= LongestToken)
            ? token
            : throw Invalid.Request(
                $"1 validation error detected: Value '{token}' at 'clientRequestToken' failed to satisfy constraint: Member "
                    + $"must have length between 1 and {LongestToken}"
            );
    }

    /// <summary>What is wrong with an item itself, and not with the request, is that item's reason of a cancelled transaction.</summary>
    private (WriteAction Action, JsonObject Input) ReadAction(JsonObject item, int position, int count)
    {
        try
        {
            return ReadAction(item);
        }
        catch (ItemRefusedException refused)
        {
            throw Transaction.Cancelled([
                .. Enumerable
                    .Range(0, count)
                    .Select(other =>
                        other == position ? Transaction.Reason("ValidationError", refused.Message) : Transaction.Reason("None")
                    ),
            ]);
        }
    }

    private (WriteAction Action, JsonObject Input) ReadAction(JsonObject item)
    {
        if (item.Count != 1)
        {
            throw Invalid.Request("TransactItems can only contain one of Check, Put, Update or Delete");
        }

        var (kind, content) = item.First();
        var input = (JsonObject)content!;
        return kind switch
        {
            "Put" => (reader.Put(input), input),
            "Update" => (reader.Update(input), input),
            "Delete" => (reader.Delete(input), input),
            "ConditionCheck" => (reader.Check(input), input),
            _ => throw Invalid.Request("TransactItems can only contain one of Check, Put, Update or Delete"),
        };
    }

    /// <summary>The same whatever the order of members: requests with one token are compared by what they mean.</summary>
    private static JsonNode? Ordered(JsonNode? node) =>
        node switch
        {
            JsonObject members => new JsonObject(
                members
                    .OrderBy(member => member.Key, StringComparer.Ordinal)
                    .Select(member => KeyValuePair.Create(member.Key, Ordered(member.Value)))
            ),
            JsonArray elements => new JsonArray([.. elements.Select(Ordered)]),
            _ => node?.DeepClone(),
        };

    private TransactionOutcome RunOnce(StoreSession session, List<WriteAction> writes, string? token, JsonObject input)
    {
        var now = context.Time.GetUtcNow();
        var request = SHA256.HashData(Encoding.UTF8.GetBytes(Ordered(input["TransactItems"])!.ToJsonString()));
        if (token is not null && TransactionTokens.Find(session, token, request, now) is { } done)
        {
            return done;
        }

        var capacities = Transaction.Write(new ItemWriter(session, now), writes);
        var outcome = TransactionOutcome.Of(writes.Zip(capacities, (write, capacity) => (write.Table.Definition.Name, capacity)));
        if (token is not null)
        {
            TransactionTokens.Remember(session, token, request, outcome, now);
        }

        return outcome;
    }
}
