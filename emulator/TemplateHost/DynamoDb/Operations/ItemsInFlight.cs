using TemplateHost.DynamoDb.Model;
using TemplateHost.Kernel;

namespace TemplateHost.DynamoDb.Operations;

/// <summary>
/// The items that writes are under way to, from their arrival until they are durable. One writer would serve them one after
/// another; AWS refuses instead whatever meets a transaction, so that is what happens here, and callers learn to try again.
/// Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html, "Transaction conflict handling".
/// </summary>
internal sealed class ItemsInFlight
{
    private const string Ongoing = "Transaction is ongoing for the item";

    private readonly Lock gate = new();
    private readonly HashSet<ItemName> transactions = [];
    private readonly Dictionary<ItemName, int> writes = [];
    private readonly HashSet<string> tokens = [];

    /// <summary>Enters a write of one item.</summary>
    /// <returns>What takes it out again once it is durable; null where a transaction is under way to the item.</returns>
    public IDisposable? TryEnter(WriteAction action)
    {
        var item = ItemName.Of(action);
        lock (gate)
        {
            if (transactions.Contains(item))
            {
                return null;
            }

            writes[item] = writes.GetValueOrDefault(item) + 1;
        }

        return new Leaving(
            this,
            () =>
            {
                if (--writes[item] == 0)
                {
                    writes.Remove(item);
                }
            }
        );
    }

    /// <summary>Enters a write of one item.</summary>
    /// <returns>What takes it out again once it is durable.</returns>
    /// <exception cref="AwsException">TransactionConflictException: a transaction is under way to the item.</exception>
    public IDisposable Enter(WriteAction action) => TryEnter(action) ?? throw new AwsException("TransactionConflictException", Ongoing);

    /// <summary>Enters a transaction.</summary>
    /// <returns>What takes it out again once it is durable.</returns>
    /// <exception cref="AwsException">
    /// TransactionCanceledException: another is under way to one of its items; TransactionInProgressException: the same, by its token, is.
    /// </exception>
    public IDisposable Enter(IReadOnlyList<WriteAction> actions, string? token)
    {
        var items = actions.Select(ItemName.Of).ToList();
        lock (gate)
        {
            if (token is not null && tokens.Contains(token))
            {
                throw new AwsException(
                    "TransactionInProgressException",
                    "The transaction with the given request token is already in progress."
                );
            }

            Demand(items, transactions.Contains);
            transactions.UnionWith(items);
            if (token is not null)
            {
                tokens.Add(token);
            }
        }

        return new Leaving(
            this,
            () =>
            {
                transactions.ExceptWith(items);
                if (token is not null)
                {
                    tokens.Remove(token);
                }
            }
        );
    }

    /// <summary>Demands that no write is under way to items that are read in one transaction.</summary>
    /// <exception cref="AwsException">TransactionCanceledException.</exception>
    public void DemandQuiet(IEnumerable<ItemName> items)
    {
        lock (gate)
        {
            Demand([.. items], item => transactions.Contains(item) || writes.ContainsKey(item));
        }
    }

    private static void Demand(List<ItemName> items, Predicate<ItemName> conflicts)
    {
        if (items.Exists(conflicts))
        {
            throw Transaction.Cancelled([
                .. items.Select(item => conflicts(item) ? Transaction.Reason("TransactionConflict", Ongoing) : Transaction.Reason("None")),
            ]);
        }
    }

    private sealed class Leaving(ItemsInFlight all, Action leave) : IDisposable
    {
        public void Dispose()
        {
            lock (all.gate)
            {
                leave();
            }
        }
    }
}

/// <summary>An item, whether there is one or not.</summary>
/// <param name="Table">The table's number in the store.</param>
internal sealed record ItemName(long Table, KeyValues Key)
{
    public static ItemName Of(WriteAction action) => new(action.Table.Id, action.Key);
}
