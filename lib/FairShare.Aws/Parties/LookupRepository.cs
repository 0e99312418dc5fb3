using System.Text;
using Amazon.DynamoDBv2.Model;
using FairShare.Aws.Table;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Parties;

/// <summary>
/// By which address a party lets itself be looked up, in the evidence table: an item by the address and one by the party, which must agree.
/// The table has digests of the addresses; the user pool has the addresses.
/// </summary>
/// <param name="table">The table.</param>
public sealed class LookupRepository(ItemTable table)
{
    // What is read where an address leads to nobody, so that as much is read as where it leads to somebody.
    private static readonly PartyId Nobody = PartyId.Parse("00000000-0000-0000-0000-000000000000");

    /// <summary>
    /// Lets a party be looked up by an address, and by no other. Of several parties that have verified it, the last is the one.
    /// </summary>
    /// <returns>False when a later call of the party's, or about the address, was faster; then nothing has changed.</returns>
    public Task<bool> TryAllowAsync(PartyId party, EmailAddress address, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var digest = DigestOf(address);
        return table.TryTransactAsync(
            [
                Set(PartyItemKeys.LookupAddress(digest), "party", party.ToString(), now),
                Set(PartyItemKeys.LookupParty(party), "address", digest.ToString(), now),
            ],
            cancellationToken
        );
    }

    /// <summary>Lets nobody look a party up.</summary>
    public async Task RefuseAsync(PartyId party, CancellationToken cancellationToken)
    {
        if (await table.GetAsync(PartyItemKeys.LookupParty(party), cancellationToken) is not { } own)
        {
            return;
        }

        // From here on nobody finds it; the other item is another party's if that has verified the address since.
        await table.DeleteAsync(own.Key, cancellationToken);
        await table.TryTransactAsync(
            [
                new TableWrite.Consume(
                    PartyItemKeys.LookupAddress(Sha256Digest.Parse(own.Text("address"))),
                    "party = :party",
                    new() { [":party"] = new AttributeValue(party.ToString()) }
                ),
            ],
            cancellationToken
        );
    }

    /// <summary>The party that lets itself be looked up by an address. Two items are read, whatever there is.</summary>
    /// <returns>Null when nobody does.</returns>
    public async Task<PartyId?> FindAsync(EmailAddress address, CancellationToken cancellationToken)
    {
        var digest = DigestOf(address);
        var found = await table.GetAsync(PartyItemKeys.LookupAddress(digest), cancellationToken);
        var party = found is null ? Nobody : PartyId.Parse(found.Text("party"));
        var own = await table.GetAsync(PartyItemKeys.LookupParty(party), cancellationToken);
        return own?.Text("address") == digest.ToString() ? party : null;
    }

    private static Sha256Digest DigestOf(EmailAddress address) => Sha256Digest.Of(Encoding.UTF8.GetBytes(address.ToString()));

    private static TableWrite.Change Set(ItemKey key, string name, string value, DateTimeOffset now) =>
        new(
            key,
            $"SET {name} = :value, allowedAt = :now",
            "attribute_not_exists(pk) OR allowedAt <= :now",
            new() { [":value"] = new AttributeValue(value), [":now"] = new AttributeValue(Timestamp.Format(now)) }
        );
}
