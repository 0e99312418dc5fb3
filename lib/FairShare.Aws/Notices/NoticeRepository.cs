using Amazon.DynamoDBv2.Model;
using FairShare.Aws.Table;
using FairShare.Aws.Webhooks;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Notices;

/// <summary>Parties' notices, in the table of webhooks.</summary>
/// <param name="table">The table.</param>
public sealed class NoticeRepository(ItemTable table)
{
    /// <summary>Finds a party's.</summary>
    /// <returns>Null where the party has none.</returns>
    public async Task<NoticeSetting?> FindAsync(PartyId party, CancellationToken cancellationToken) =>
        await table.GetAsync(KeyOf(party), cancellationToken) is { } item ? Read(item) : null;

    /// <summary>Puts a party's notices in the place of what stands.</summary>
    /// <param name="setting">The notices.</param>
    /// <param name="standing">What was read; null for nothing.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>False when something else stands; then nothing has changed.</returns>
    public Task<bool> TryPutAsync(NoticeSetting setting, NoticeSetting? standing, CancellationToken cancellationToken) =>
        standing is null
            ? table.TryCreateAsync(Write(setting), cancellationToken)
            : table.TryPutAsync(
                Write(setting),
                "codeHash = :codeHash AND noticeToken = :token",
                new() { [":codeHash"] = new AttributeValue(standing.CodeHash), [":token"] = new AttributeValue(standing.Token.Secret) },
                cancellationToken
            );

    /// <summary>Ends a party's notices, and forgets the address. A repeat changes nothing.</summary>
    /// <returns>False when something else stands; then nothing has changed.</returns>
    public Task<bool> TryEndAsync(NoticeSetting standing, CancellationToken cancellationToken) =>
        TryPutAsync(standing.End(), standing, cancellationToken);

    private static ItemKey KeyOf(PartyId party) => new(WebhookPartitions.Party + party, "NOTICES");

    private static Item Write(NoticeSetting setting) =>
        new Item(KeyOf(setting.Party))
            .With("address", setting.IsEnded ? null : setting.Address.ToString())
            .With("about", setting.About)
            .With("noticeToken", setting.Token.Secret)
            .With("isConfirmed", setting.IsConfirmed ? 1 : 0)
            .With("codeHash", setting.CodeHash)
            .With("askedAt", setting.AskedAt)
            .With("asked", setting.Asked)
            .With("removeAt", setting.IsEnded ? setting.RemoveAt.ToUnixTimeSeconds() : null);

    private static NoticeSetting Read(Item item)
    {
        var party = PartyId.Parse(item.Key.PartitionId);
        return new()
        {
            Party = party,
            Address = item.OptionalText("address") is { } address ? EmailAddress.Parse(address) : default,
            About = item.List("about"),
            Token = NoticeToken.Parse($"{party}.{item.Text("noticeToken")}"),
            IsConfirmed = item.OptionalNumber("isConfirmed") == 1,
            CodeHash = item.Text("codeHash"),
            AskedAt = item.Time("askedAt"),
            Asked = (int)(item.OptionalNumber("asked") ?? 0),
        };
    }
}
