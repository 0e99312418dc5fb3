using FairShare.Aws.Table;
using FairShare.Core.Identifiers;
using FairShare.Exchange.KeyRecords;

namespace FairShare.Aws.Signing;

/// <summary>
/// What the store stated of its own keys when one followed another, in the evidence table: of each key that was followed one item, never
/// changed, so that no key has two successors.
/// </summary>
/// <param name="table">The table.</param>
public sealed class StoreSuccessions(ItemTable table)
{
    // The attributes by which the log takes tokens from an item.
    private const string Succession = "succession";
    private const string Acceptance = "acceptance";

    /// <summary>Finds by what a key is followed.</summary>
    /// <param name="prior">The thumbprint of the former key.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The succession; null when none follows it.</returns>
    public async Task<KeySuccession?> FindAsync(KeyId prior, CancellationToken cancellationToken) =>
        await table.GetAsync(StoreItemKeys.Succession(prior), cancellationToken) is { } item
            ? (KeySuccession)KeyRecordToken.Parse(item.Text(Succession)).Record
            : null;

    /// <summary>Records a succession; a repeat keeps the first record.</summary>
    /// <param name="succession">The succession as the former seal signed it, or, where it is of no seal, as the seal did.</param>
    /// <param name="acceptance">The same as the new seal signed it; null where it is of no seal.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task RecordAsync(KeyRecordToken succession, KeyRecordToken? acceptance, CancellationToken cancellationToken)
    {
        var item = new Item(StoreItemKeys.Succession(((KeySuccession)succession.Record).Prior)).With(Succession, succession.Text);
        return table.TryCreateAsync(acceptance is null ? item : item.With(Acceptance, acceptance.Text), cancellationToken);
    }

    /// <summary>The records of an item.</summary>
    internal static IEnumerable<string> RecordsOf(Item item) =>
        new[] { item.OptionalText(Succession), item.OptionalText(Acceptance) }.OfType<string>();
}
