using System.Security.Cryptography;
using System.Text;
using FairShare.Aws.Table;
using FairShare.Aws.Webhooks;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Notices;

/// <summary>How many codes were mailed to one mailbox, whoever asked for them: so that many accounts cannot fill a stranger's.</summary>
/// <param name="Mailbox">The SHA-256 of the address, in hexadecimal.</param>
/// <param name="Before">When those of the table were mailed, the first of them first; empty for none.</param>
/// <param name="MailedAt">When those of the last day were, the next one included.</param>
public sealed record MailboxCodes(string Mailbox, IReadOnlyList<DateTimeOffset> Before, IReadOnlyList<DateTimeOffset> MailedAt)
{
    /// <summary>How many there may be within a day, whenever it begins.</summary>
    public const int Most = 5;

    /// <summary>Whether the next one is one too many.</summary>
    public bool IsExceeded => MailedAt.Count > Most;

    /// <summary>When another is mailed there again, where the next one is too many.</summary>
    public DateTimeOffset Until => MailedAt[0] + PendingNotices.CodeLifetime;

    /// <summary>When the table need not know of them any more.</summary>
    public DateTimeOffset RemoveAt => MailedAt[^1] + PendingNotices.CodeLifetime;

    /// <summary>The codes of a mailbox with one that is mailed now.</summary>
    public static MailboxCodes With(string mailbox, IReadOnlyList<DateTimeOffset> before, DateTimeOffset now) =>
        new(mailbox, before, [.. before.Where(at => at + PendingNotices.CodeLifetime > now), now]);

    internal static ItemKey KeyOf(string mailbox) => new(WebhookPartitions.Mailbox + mailbox, "CODES");

    /// <summary>
    /// Names a mailbox: most providers bring what follows a plus sign of the name to the mailbox of the same name without.
    /// </summary>
    internal static string NameOf(EmailAddress address)
    {
        var text = address.ToString();
        var at = text.LastIndexOf('@');
        var plus = text.IndexOf('+', StringComparison.Ordinal);
        var mailbox = plus > 0 && plus < at ? text[..plus] + text[at..] : text;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mailbox)));
    }
}
