using Amazon.DynamoDBv2.Model;
using FairShare.Aws.Table;
using FairShare.Aws.Webhooks;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Notices;

/// <summary>Notices as items of the table of webhooks.</summary>
internal static class NoticeItems
{
    /// <summary>Holds while the same notices stand, by <see cref="TokenOf"/>.</summary>
    public const string SameToken = "noticeToken = :token";

    public static ItemKey Setting(PartyId party) => new(WebhookPartitions.Party + party, "NOTICES");

    public static ItemKey Pending(PartyId party) => new(WebhookPartitions.Party + party, "PENDING-NOTICES");

    public static Dictionary<string, AttributeValue> TokenOf(NoticeSetting setting) =>
        new() { [":token"] = new AttributeValue(setting.Token.Secret) };

    public static Item Write(NoticeSetting setting) =>
        new Item(Setting(setting.Party))
            .With("address", setting.Address.ToString())
            .With("about", setting.About)
            .With("noticeToken", setting.Token.Secret);

    public static NoticeSetting ReadSetting(Item item)
    {
        var party = PartyId.Parse(item.Key.PartitionId);
        return new()
        {
            Party = party,
            Address = EmailAddress.Parse(item.Text("address")),
            About = item.List("about"),
            Token = NoticeToken.Parse($"{party}.{item.Text("noticeToken")}"),
        };
    }

    public static PendingNotices ReadPending(Item item) =>
        new()
        {
            Party = PartyId.Parse(item.Key.PartitionId),
            Address = item.OptionalText("address") is { } address ? EmailAddress.Parse(address) : default,
            About = item.List("about"),
            CodeHash = item.Text("codeHash"),
            AskedAt = item.Time("askedAt"),
            Asked = (int)(item.OptionalNumber("asked") ?? 0),
        };

    /// <summary>Puts what is pending in the place of what stands, or of nothing.</summary>
    public static TableWrite Put(PendingNotices pending, PendingNotices? standing) =>
        standing is null
            ? new TableWrite.Create(Write(pending))
            : new TableWrite.Replace(
                Write(pending),
                "codeHash = :codeHash AND askedAt = :askedAt",
                new()
                {
                    [":codeHash"] = new AttributeValue(standing.CodeHash),
                    [":askedAt"] = new AttributeValue(Timestamp.Format(standing.AskedAt)),
                }
            );

    public static IReadOnlyList<DateTimeOffset> ReadCodes(Item item) => [.. item.List("mailedAt").Select(Timestamp.Parse)];

    /// <summary>Notes a mailbox's codes, unless others were noted meanwhile.</summary>
    public static TableWrite Count(MailboxCodes codes)
    {
        var item = new Item(MailboxCodes.KeyOf(codes.Mailbox))
            .With("mailedAt", [.. codes.MailedAt.Select(Timestamp.Format)])
            .With("removeAt", codes.RemoveAt.ToUnixTimeSeconds());
        return codes.Before.Count == 0
            ? new TableWrite.Create(item)
            : new TableWrite.Replace(
                item,
                "mailedAt = :before",
                new() { [":before"] = new AttributeValue { L = [.. codes.Before.Select(at => new AttributeValue(Timestamp.Format(at)))] } }
            );
    }

    private static Item Write(PendingNotices pending) =>
        new Item(Pending(pending.Party))
            .With("address", pending.Address == default ? null : pending.Address.ToString())
            .With("about", pending.About)
            .With("codeHash", pending.CodeHash)
            .With("askedAt", pending.AskedAt)
            .With("asked", pending.Asked)
            .With("removeAt", pending.RemoveAt.ToUnixTimeSeconds());
}
