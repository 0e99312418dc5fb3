using FairShare.Aws.Notices;

namespace FairShare.Functions.Notices;

/// <summary>
/// What a mail says: that something waits, and where to look. Neither documents nor parties are named: mail is read by others on its way.
/// </summary>
/// <param name="Subject">The subject.</param>
/// <param name="Text">The body.</param>
/// <param name="Headers">Further headers.</param>
internal sealed record NoticeMail(string Subject, string Text, IReadOnlyList<(string Name, string Value)> Headers)
{
    private const string Signature = "This mail was sent by FairShare because somebody gave this address there.";

    /// <summary>The mail of a code.</summary>
    public static NoticeMail OfCode(string code) =>
        new(
            "Your code for notices",
            $"""
            The code is {code}, for a day. With it notices of what waits come to this address:
              fairshare notices confirm {code}
            or give it on the page, under Notices.

            {Signature} If it was not you, do nothing: without the code no notices come.
            """,
            []
        );

    /// <summary>The mail about a kind; it tells of all that waits, and says neither what nor how many.</summary>
    /// <param name="kind">Documents or endings.</param>
    /// <param name="setting">Whose mail it is.</param>
    /// <param name="api">The address of the API, without a slash at the end.</param>
    public static NoticeMail Of(string kind, NoticeSetting setting, string api) =>
        kind == NoticeSetting.Documents
            ? Notice("A document waits for you", "At least one document waits for your receipt.", "list", setting, api)
            : Notice("An exchange has ended", "At least one exchange of your documents has ended.", "inbox", setting, api);

    private static NoticeMail Notice(string subject, string what, string command, NoticeSetting setting, string api) =>
        new(
            subject,
            $"""
            {what} Sign in to see which: this mail does not say it, and proves nothing.
              fairshare {command}

            To have no more of these mails: fairshare notices off, or your mail program's way to unsubscribe.

            {Signature}
            """,
            [
                ("List-Unsubscribe", $"<{api}/notices/unsubscriptions/{setting.Token}>"),
                ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
                ("Auto-Submitted", "auto-generated"),
            ]
        );
}
