using System.Collections.Concurrent;

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
/// <param name="Code">The code that the mail carries.</param>
/// <param name="At">When it was sent.</param>
public sealed record MailMessage(string Address, string Subject, string Code, DateTimeOffset At);
