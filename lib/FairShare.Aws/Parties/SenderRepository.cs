using System.Globalization;
using Amazon.DynamoDBv2.Model;
using FairShare.Aws.Table;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Parties;

/// <summary>Which party stands behind which queue sender (SQS <c>SenderId</c>), in the evidence table.</summary>
/// <param name="table">The table.</param>
public sealed class SenderRepository(ItemTable table)
{
    /// <summary>Keeps a nonce under which a sender may be bound to the party, until it expires.</summary>
    public Task IssueNonceAsync(PartyId party, Nonce nonce, DateTimeOffset due, CancellationToken cancellationToken) =>
        table.TryCreateAsync(
            new Item(PartyItemKeys.SenderNonce(nonce)).With("party", party.ToString()).With("expiresAt", due.ToUnixTimeSeconds()),
            cancellationToken
        );

    /// <summary>Finds the parties that a sender may speak for.</summary>
    public async Task<IReadOnlyList<PartyId>> ListPartiesAsync(string sender, CancellationToken cancellationToken)
    {
        var items = await table.QueryAsync(PartyItemKeys.Sender(sender, default).Partition, "", cancellationToken);
        return [.. items.Select(item => PartyId.Parse(item.Text("party")))];
    }

    /// <summary>Binds a sender to the party that was given the nonce, and consumes the nonce, all or nothing.</summary>
    /// <param name="sender">What is bound.</param>
    /// <param name="isShared">Whether it may be bound to several parties; else the first is the only one.</param>
    /// <param name="nonce">The nonce.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The party; null when the nonce is unknown, used or expired, or the sender is another party's.</returns>
    public async Task<PartyId?> TryBindAsync(
        string sender,
        bool isShared,
        Nonce nonce,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (await table.GetAsync(PartyItemKeys.SenderNonce(nonce), cancellationToken) is not { } issued)
        {
            return null;
        }

        var party = PartyId.Parse(issued.Text("party"));
        var consume = new TableWrite.Consume(
            PartyItemKeys.SenderNonce(nonce),
            "expiresAt > :now",
            new() { [":now"] = new AttributeValue { N = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) } }
        );
        var key = isShared ? PartyItemKeys.Sender(sender, party) : PartyItemKeys.OnlySender(sender);
        var binding = new TableWrite.Claim(new Item(key).With("party", party.ToString()).With("boundAt", now), "party");
        return await table.TryTransactAsync([consume, binding], cancellationToken) ? party : null;
    }
}
