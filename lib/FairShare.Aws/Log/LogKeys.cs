using FairShare.Aws.Table;
using FairShare.Log.Notes;

namespace FairShare.Aws.Log;

/// <summary>Every key that the log ever signed with: recorded before its first signature, never changed, never removed.</summary>
/// <param name="table">The evidence table.</param>
public sealed class LogKeys(ItemTable table)
{
    /// <summary>Lists all keys, the newest first.</summary>
    public async Task<IReadOnlyList<NoteKey>> ListAsync(CancellationToken cancellationToken)
    {
        var items = await table.QueryAsync(LogItemKeys.KeyPartition, LogItemKeys.KeyPrefix, cancellationToken);
        return [.. items.OrderByDescending(item => item.Time("recordedAt")).Select(item => NoteKey.Parse(item.Text("verifierKey")))];
    }

    /// <summary>Records a key; a repeat keeps the first record.</summary>
    public Task RecordAsync(NoteKey key, DateTimeOffset at, CancellationToken cancellationToken) =>
        table.TryCreateAsync(
            new Item(LogItemKeys.Key(key.Id)).With("verifierKey", key.ToString()).With("recordedAt", at),
            cancellationToken
        );
}
