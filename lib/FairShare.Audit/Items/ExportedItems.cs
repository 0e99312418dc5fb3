using System.Runtime.CompilerServices;

namespace FairShare.Audit.Items;

/// <summary>The items of an export of the table.</summary>
public static class ExportedItems
{
    /// <summary>Reads items in DynamoDB's JSON, one a line; empty lines are none.</summary>
    /// <exception cref="Core.Errors.ProtocolException"><c>invalid-export</c>: a line is no item.</exception>
    public static async IAsyncEnumerable<AuditedItem> ReadAsync(
        TextReader table,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        while (await table.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (line.Length > 0)
            {
                yield return AuditedItem.Parse(line);
            }
        }
    }
}
