using System.Security.Cryptography;
using System.Text;
using FairShare.Aws.Table;
using FairShare.Aws.Webhooks;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Notices;

/// <summary>How many codes were mailed to one mailbox, whoever asked for them: so that many accounts cannot fill a stranger's.</summary>
/// <param name="Mailbox">The SHA-256 of the address, in hexadecimal.</param>
/// <param name="Since">When the first of them was mailed.</param>
/// <param name="Count">How many, the next one included.</param>
public sealed record MailboxCodes(string Mailbox, DateTimeOffset Since, int Count)
{
    /// <summary>How many there may be in a day.</summary>
    public const int Most = 5;

    /// <summary>Whether another would be one too many.</summary>
    public bool IsExceeded => Count > Most;

    /// <summary>When codes are mailed there again.</summary>
    public DateTimeOffset Until => Since + PendingNotices.CodeLifetime;

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
