using System.Collections.Concurrent;
using System.Globalization;

namespace TemplateHost.Kernel;

/// <summary>The mails that services would have sent (a user pool's confirmation codes); nothing leaves the host.</summary>
public sealed class Mailbox
{
    private readonly ConcurrentQueue<MailMessage> messages = new();

    /// <summary>Raised for each mail, on the thread that sends it.</summary>
    public event EventHandler<MailMessage>? Delivered;

    /// <summary>The mails to one address, oldest first.</summary>
    public IReadOnlyList<MailMessage> For(string address) =>
        [.. messages.Where(message => string.Equals(message.Address, address, StringComparison.OrdinalIgnoreCase))];

    internal void Deliver(MailMessage message)
    {
        messages.Enqueue(message);
        Delivered?.Invoke(this, message);
    }
}

/// <param name="Address">Whom it goes to.</param>
/// <param name="Subject">For example "Your verification code".</param>
/// <param name="Code">The code that the mail carries; empty where it is no mail of a user pool.</param>
/// <param name="At">When it was sent.</param>
public sealed record MailMessage(string Address, string Subject, string Code, DateTimeOffset At)
{
    /// <summary>Who sent it; a user pool's own sender by default.</summary>
    public string From { get; init; } = "no-reply@verificationemail.com";

    /// <summary>What it says: the code alone by default.</summary>
    public string Text { get; init; } = Code;

    /// <summary>Further headers.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The mail as RFC 5322 has it, with lines that end with CR and LF.</summary>
    public string Write()
    {
        var date = At.ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture);
        IEnumerable<(string Name, string Value)> headers =
        [
            ("Date", date),
            ("From", From),
            ("To", Address),
            ("Subject", Subject),
            .. Headers,
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ];
        var lines = headers.Select(header => $"{header.Name}: {OneLine(header.Value)}").Append("").Append(Text);
        return string.Join("\r\n", lines.Select(line => line.ReplaceLineEndings("\r\n"))) + "\r\n";
    }

    // A line break in a value would begin another header.
    private static string OneLine(string value) => string.Concat(value.Select(symbol => char.IsControl(symbol) ? ' ' : symbol));
}
