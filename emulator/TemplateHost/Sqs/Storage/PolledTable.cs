using TemplateHost.Storage;

namespace TemplateHost.Sqs.Storage;

/// <summary>
/// What the host itself has received for functions that have not answered yet. A consumer that dies holds its messages until their
/// visibility ends. Lambda does not die with a host, and what polled for it knows of nothing any more: its messages can be received again
/// at the next start.
/// </summary>
internal static class PolledTable
{
    /// <summary>What such a receive's name has, which Base64 has not.</summary>
    public const string Mark = "~";

    private const string Polled = "visible > ?2 AND instr(receipt, '~') > 0";

    /// <summary>Whether there are any in a queue.</summary>
    public static bool Has(StoreSession session, string queue, DateTimeOffset now) =>
        session.Query(
            $"SELECT EXISTS(SELECT 1 FROM sqs_message WHERE queue = ?1 AND {Polled})",
            row => row.GetBoolean(0),
            queue,
            now.ToUnixTimeMilliseconds()
        )[0];

    /// <summary>Leaves those of a queue hidden, as what a function could not handle.</summary>
    public static void Leave(StoreSession session, string queue, DateTimeOffset now) =>
        session.Execute(
            $"UPDATE sqs_message SET receipt = replace(receipt, '~', '') WHERE queue = ?1 AND {Polled}",
            queue,
            now.ToUnixTimeMilliseconds()
        );

    /// <summary>Has those of all queues received again.</summary>
    public static void Release(StoreSession session, DateTimeOffset now) =>
        session.Execute(
            "UPDATE sqs_message SET visible = ?1, receipt = replace(receipt, '~', '') WHERE visible > ?1 AND instr(receipt, '~') > 0",
            now.ToUnixTimeMilliseconds()
        );
}
