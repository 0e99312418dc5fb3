using Amazon.DynamoDBv2.Model;
using FairShare.Aws.Table;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Vault.Derivation;
using FairShare.Vault.Items;

namespace FairShare.Aws.Vault;

/// <summary>Items of the vault, as those who store them know them.</summary>
/// <param name="table">The vault's table.</param>
public sealed class VaultRepository(ItemTable table)
{
    private const string Alive = "phase IN (:pending, :stored) AND expiresAt > :now";

    /// <summary>Reads an item, erased or not; null where there never was one, or its tombstone is gone too.</summary>
    public async Task<VaultRecord?> FindAsync(VaultItemId id, CancellationToken cancellationToken) =>
        await table.GetAsync(VaultItemKeys.Item(id), cancellationToken) is { } found ? VaultItems.Read(found) : null;

    /// <summary>Stores an item, with its timer, its body where it has one, and the room that it takes.</summary>
    /// <param name="record">The item.</param>
    /// <param name="body">The body of an item that has it in the table.</param>
    /// <param name="limits">What may be stored.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>False where there is an item of that id, or no room; then nothing has changed.</returns>
    /// <exception cref="ContentionException">Other calls met this one all the while; a repeat may succeed.</exception>
    public async Task<bool> TryCreateAsync(VaultRecord record, byte[]? body, VaultLimits limits, CancellationToken cancellationToken)
    {
        if (record.Size > limits.Bytes)
        {
            return false;
        }

        var writes = new List<TableWrite>
        {
            new TableWrite.Create(VaultItems.Write(record)),
            new TableWrite.Create(VaultItems.Timer(record.Id, record.Item.Limits.ExpiresAt)),
            VaultQuotas.Reserve(record, limits),
        };
        if (body is not null)
        {
            // As bytes: base64 would cost a third more, each time that it is written, read and erased.
            writes.Add(new TableWrite.Create(new Item(VaultItemKeys.Body(record.Id)).With("ciphertext", body)));
        }

        return await table.TryTransactAsync(writes, cancellationToken);
    }

    /// <summary>
    /// Notes until when presigned uploads of an item may come, so that what comes after its end is erased too, and its multipart upload.
    /// </summary>
    /// <param name="id">The item.</param>
    /// <param name="uploadId">A multipart upload for an item that has none yet; null for an upload by one PUT.</param>
    /// <param name="until">When the presigned requests expire.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The item with the upload that it has then; null where it does not await its object.</returns>
    public async Task<VaultRecord?> NoteUploadAsync(
        VaultItemId id,
        string? uploadId,
        DateTimeOffset until,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var values = Pending(now);
        values[":until"] = VaultItems.Text(until);
        var update = "SET uploadableUntil = :until";
        if (uploadId is not null)
        {
            values[":upload"] = new AttributeValue(uploadId);
            update += ", uploadId = if_not_exists(uploadId, :upload)";
        }

        var change = new TableWrite.Change(VaultItemKeys.Item(id), update, "phase = :pending AND expiresAt > :now", values);
        return await table.TryChangeAsync(change, cancellationToken) is (true, { } changed) ? VaultItems.Read(changed) : null;
    }

    /// <summary>Makes an item one that can be opened, and gives back the room that it did not need.</summary>
    /// <returns>
    /// The item then; null where it must be read to know, and where it did not await its object: then nothing has changed.
    /// </returns>
    public async Task<VaultRecord?> TryCommitAsync(
        VaultRecord record,
        DocumentDigest digest,
        long size,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var values = Pending(now);
        values[":stored"] = VaultItems.Text(ItemPhase.Stored);
        values[":size"] = VaultItems.Number(size);
        values[":bound"] = VaultItems.Number(record.Size);
        values[":method"] = new AttributeValue(digest.Method.Name());
        values[":value"] = new AttributeValue(digest.Value.ToString());
        var update = "SET phase = :stored, objectSize = :size, digestMethod = :method, digestValue = :value";
        if (digest.PartSize is { } partSize)
        {
            values[":part"] = VaultItems.Number(partSize);
            update += ", partSize = :part";
        }

        const string Condition = "phase = :pending AND expiresAt > :now AND objectSize = :bound";
        var change = new TableWrite.Change(VaultItemKeys.Item(record.Id), update, Condition, values);
        List<TableWrite> release = [.. VaultQuotas.Release(record.Party, record.Size - size, 0)];
        if (release.Count == 0)
        {
            return await table.TryChangeAsync(change, cancellationToken) is (true, { } changed) ? VaultItems.Read(changed) : null;
        }

        await table.TryTransactAsync([change, .. release], cancellationToken);
        return null;
    }

    /// <summary>Changes the limits of an item that lives.</summary>
    /// <param name="record">The item as it was read.</param>
    /// <param name="limits">Its limits from now on.</param>
    /// <param name="unlock">Whether wrong guesses are forgotten.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether it lived, and had been opened less often than the limits say; if not, nothing has changed.</returns>
    public Task<bool> TryLimitAsync(
        VaultRecord record,
        ItemLimits limits,
        bool unlock,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var values = Living(now);
        var (set, remove, condition) = (new List<string> { "expiresAt = :expiresAt" }, "", Alive);
        values[":expiresAt"] = VaultItems.Text(limits.ExpiresAt);
        if (limits.MaxOpens is { } most && most != record.Item.Limits.MaxOpens)
        {
            values[":most"] = VaultItems.Number(most);
            set.Add("maxOpens = :most");
            condition += " AND opens < :most";
        }

        if (unlock)
        {
            values[":none"] = VaultItems.Number(0);
            set.Add("guesses = :none");
            remove = " REMOVE lockedUntil";
        }

        var item = new TableWrite.Change(VaultItemKeys.Item(record.Id), $"SET {string.Join(", ", set)}{remove}", condition, values);
        return WriteAsync(
            limits.ExpiresAt == record.Item.Limits.ExpiresAt ? [item] : [item, Rewind(record.Id, limits.ExpiresAt)],
            cancellationToken
        );
    }

    /// <summary>Gives an item of the party's another owner.</summary>
    /// <returns>The item; null where the party has none of that id.</returns>
    public async Task<VaultRecord?> ClaimAsync(VaultItemId id, PartyId party, Sha256Digest ownerTag, CancellationToken cancellationToken)
    {
        var change = new TableWrite.Change(
            VaultItemKeys.Item(id),
            "SET ownerTag = :owner",
            "party = :party",
            new() { [":owner"] = new AttributeValue(ownerTag.ToString()), [":party"] = new AttributeValue(party.ToString()) }
        );
        return await table.TryChangeAsync(change, cancellationToken) is (true, { } changed) ? VaultItems.Read(changed) : null;
    }

    /// <summary>A page of the party's items, newest first.</summary>
    /// <exception cref="Core.Errors.ProtocolException"><c>invalid-cursor</c>.</exception>
    public async Task<Page<VaultRecord>> ListAsync(PartyId party, PageRequest wanted, CancellationToken cancellationToken)
    {
        var source = new MergedListing.Source(VaultIndexes.ItemsByParty, party.ToString());
        var page = await MergedListing.ReadAsync(table, [source], wanted, cancellationToken);
        var items = (await table.BatchGetAsync(page.Entries, cancellationToken)).ToDictionary(item => item.Key, VaultItems.Read);
        return new([.. page.Entries.Where(items.ContainsKey).Select(key => items[key]).Where(record => !record.Item.IsEnded)], page.Cursor);
    }

    /// <summary>What a party's items take up.</summary>
    public async Task<VaultLimits> UsageAsync(PartyId party, CancellationToken cancellationToken)
    {
        var quota = await table.GetAsync(VaultItemKeys.Quota(party), cancellationToken);
        return new(quota?.OptionalNumber("storedBytes") ?? 0, (int)(quota?.OptionalNumber("storedItems") ?? 0));
    }

    private static TableWrite.Change Rewind(VaultItemId id, DateTimeOffset expiresAt) =>
        new(
            VaultItemKeys.Timer(id),
            $"SET {VaultItems.RemoveAt} = :at",
            "attribute_exists(pk)",
            new() { [":at"] = VaultItems.Number(VaultItems.Seconds(expiresAt)) }
        );

    private static Dictionary<string, AttributeValue> Pending(DateTimeOffset now) =>
        new() { [":pending"] = VaultItems.Text(ItemPhase.Pending), [":now"] = VaultItems.Text(now) };

    private static Dictionary<string, AttributeValue> Living(DateTimeOffset now) =>
        new(Pending(now)) { [":stored"] = VaultItems.Text(ItemPhase.Stored) };

    // One write alone costs half of what it costs in a transaction.
    private async Task<bool> WriteAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken) =>
        writes is [TableWrite.Change change]
            ? (await table.TryChangeAsync(change, cancellationToken)).Changed
            : await table.TryTransactAsync(writes, cancellationToken);
}
