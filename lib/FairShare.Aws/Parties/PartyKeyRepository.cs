using System.Globalization;
using Amazon.DynamoDBv2.Model;
using FairShare.Aws.Table;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Aws.Parties;

/// <summary>Parties' keys and the nonces under which they are registered, in the evidence table.</summary>
/// <param name="table">The table.</param>
public sealed class PartyKeyRepository(ItemTable table)
{
    /// <summary>Lists all keys that a party ever registered, oldest first.</summary>
    public async Task<IReadOnlyList<PartyKeyRecord>> ListAsync(PartyId party, CancellationToken cancellationToken)
    {
        var items = await table.QueryAsync(PartyItemKeys.PartyPartition(party), "KEY#", cancellationToken);
        return [.. ReadAll(items).OrderBy(record => record.Key.NotBefore)];
    }

    /// <summary>Finds one key of a party.</summary>
    /// <returns>The key, or null.</returns>
    public async Task<PartyKeyRecord?> FindAsync(PartyId party, KeyId key, CancellationToken cancellationToken) =>
        await table.GetAsync(PartyItemKeys.PartyKey(party, key), cancellationToken) is { } item ? Read(party, item) : null;

    /// <summary>Finds several keys; those that do not exist are left out.</summary>
    public async Task<IReadOnlyList<PartyKeyRecord>> FindAsync(
        IEnumerable<(PartyId Party, KeyId Key)> keys,
        CancellationToken cancellationToken
    )
    {
        var wanted = keys.SelectMany(key =>
            new[] { PartyItemKeys.PartyKey(key.Party, key.Key), PartyItemKeys.Retirement(key.Party, key.Key) }
        );
        return [.. ReadAll(await table.BatchGetAsync(wanted, cancellationToken))];
    }

    /// <summary>Finds whose a key is; a key that was ever registered stays its owner's.</summary>
    /// <returns>The party, or null when nobody has registered it.</returns>
    public async Task<PartyId?> FindOwnerAsync(KeyId key, CancellationToken cancellationToken) =>
        await table.GetAsync(PartyItemKeys.KeyOwner(key), cancellationToken) is { } item ? PartyId.Parse(item.Text("party")) : null;

    /// <summary>Keeps a nonce for the registration of a key, until it expires.</summary>
    public Task IssueNonceAsync(PartyId party, Nonce nonce, DateTimeOffset due, CancellationToken cancellationToken) =>
        table.TryCreateAsync(
            new Item(PartyItemKeys.Nonce(nonce)).With("party", party.ToString()).With("expiresAt", due.ToUnixTimeSeconds()),
            cancellationToken
        );

    /// <summary>Registers a self-held key as its party's and nobody else's, and consumes the nonce, all or nothing.</summary>
    /// <returns>False when the nonce is not the party's, used or expired, or the key is registered; then nothing has changed.</returns>
    public Task<bool> TryRegisterAsync(PartyKeyRecord record, Nonce nonce, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var consume = new TableWrite.Consume(
            PartyItemKeys.Nonce(nonce),
            "party = :party AND expiresAt > :now",
            new()
            {
                [":party"] = new AttributeValue(record.Key.Owner.ToString()),
                [":now"] = new AttributeValue { N = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) },
            }
        );
        return table.TryTransactAsync([consume, .. Creation(record)], cancellationToken);
    }

    /// <summary>
    /// The first of a retirement's two writes: from <paramref name="from"/> on nothing that the key signs is accepted, confirmed or not.
    /// A later attempt takes the place of one that was not confirmed.
    /// </summary>
    /// <returns>False when the party has no such key, or its retirement is confirmed.</returns>
    public Task<bool> TryBeginRetirementAsync(
        PartyId party,
        KeyId key,
        Nonce retirement,
        DateTimeOffset from,
        CancellationToken cancellationToken
    ) =>
        table.TryTransactAsync(
            [
                new TableWrite.Change(
                    PartyItemKeys.PartyKey(party, key),
                    "SET retiringAt = :from, retirement = :retirement",
                    "attribute_exists(pk) AND attribute_not_exists(retiredAt)",
                    new()
                    {
                        [":from"] = new AttributeValue(Timestamp.Format(from)),
                        [":retirement"] = new AttributeValue(retirement.ToString()),
                    }
                ),
            ],
            cancellationToken
        );

    /// <summary>The second: confirms the retirement that the first began, for everybody who verifies.</summary>
    /// <returns>False when another attempt has taken its place, or one is confirmed.</returns>
    public Task<bool> TryConfirmRetirementAsync(PartyId party, KeyId key, Nonce retirement, CancellationToken cancellationToken) =>
        table.TryTransactAsync(
            [
                new TableWrite.Change(
                    PartyItemKeys.PartyKey(party, key),
                    "SET retiredAt = retiringAt",
                    "retirement = :retirement AND attribute_not_exists(retiredAt)",
                    new() { [":retirement"] = new AttributeValue(retirement.ToString()) }
                ),
            ],
            cancellationToken
        );

    /// <summary>Whether the retirement of a key has its sealed record.</summary>
    public async Task<bool> HasRetirementAsync(PartyId party, KeyId key, CancellationToken cancellationToken) =>
        await table.GetAsync(PartyItemKeys.Retirement(party, key), cancellationToken) is not null;

    /// <summary>Keeps the sealed record of a retirement that is confirmed; a repeat keeps the first.</summary>
    public Task RecordRetirementAsync(PartyId party, KeyId key, string record, CancellationToken cancellationToken) =>
        table.TryCreateAsync(new Item(PartyItemKeys.Retirement(party, key)).With("retirementRecord", record), cancellationToken);

    /// <summary>A new key, and whose it is.</summary>
    internal static IEnumerable<TableWrite> Creation(PartyKeyRecord record) =>
        [
            new TableWrite.Create(Write(record)),
            new TableWrite.Create(
                new Item(PartyItemKeys.KeyOwner(record.Key.KeyId))
                    .With("party", record.Key.Owner.ToString())
                    .With("registeredAt", record.Key.NotBefore)
            ),
        ];

    private static Item Write(PartyKeyRecord record) =>
        new Item(PartyItemKeys.PartyKey(record.Key.Owner, record.Key.KeyId))
            .With("jwk", record.Key.Key.ToJwk())
            .With("holder", record.Key.Holder.Name())
            .With("cmkId", record.CmkId)
            .With("certificate", record.Certificate)
            .With("notBefore", record.Key.NotBefore)
            .With("notAfter", record.Key.NotAfter);

    private static IEnumerable<PartyKeyRecord> ReadAll(IEnumerable<Item> items)
    {
        var all = items.ToList();
        var retirements = all.Where(IsRetirement).ToDictionary(item => item.Key, item => item.Text("retirementRecord"));
        return all.Where(item => !IsRetirement(item))
            .Select(item => Read(PartyId.Parse(item.Key.PartitionId), item))
            .Select(record =>
                record with
                {
                    Retirement = retirements.GetValueOrDefault(PartyItemKeys.Retirement(record.Key.Owner, record.Key.KeyId)),
                }
            );
    }

    private static bool IsRetirement(Item item) => item.Key.Sort.EndsWith(PartyItemKeys.Retired, StringComparison.Ordinal);

    private static PartyKeyRecord Read(PartyId party, Item item)
    {
        var key = PublicKey.FromJwk(item.Text("jwk"));
        var holder = KeyHolders.Parse(item.Text("holder"));
        return new PartyKeyRecord(
            new PartyKey(party, key.Thumbprint, key, holder, item.Time("notBefore"), item.Time("notAfter"), item.OptionalTime("retiredAt")),
            item.OptionalText("cmkId")
        )
        {
            RetiringAt = item.OptionalTime("retiringAt"),
            Certificate = item.OptionalText("certificate"),
        };
    }
}
