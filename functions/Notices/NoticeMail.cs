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

    /// <summary>The mail of an event.</summary>
    /// <param name="read">The event.</param>
    /// <param name="setting">Whose mail it is.</param>
    /// <param name="api">The address of the API, without a slash at the end.</param>
    public static NoticeMail Of(NoticeEvent read, NoticeSetting setting, string api) =>
        read.ProtocolStep switch
        {
            NoticeEvent.Code => new(
                "Your code for notices",
                $"""
                The code is {read.Message.Code}, for a day. With it notices of what waits come to this address:
                  fairshare notices confirm {read.Message.Code}
                or give it on the page, under Notices.

                {Signature} If it was not you, do nothing: without the code no notices come.
                """,
                []
            ),
            NoticeEvent.Document => Notice("A document waits for you", "A document waits for your receipt.", "list", setting, api),
            _ => Notice("An exchange has ended", "An exchange of one of your documents has ended.", "inbox", setting, api),
        };

    private static NoticeMail Notice(string subject, string what, string command, NoticeSetting setting, string api) =>
        new(
            subject,
            $"""
            {what} Sign in to see it: this mail does not say what it is, and proves nothing.
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
