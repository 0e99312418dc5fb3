using TemplateHost.Sqs.Model;
using TemplateHost.Storage;

namespace TemplateHost.Sqs.Storage;

/// <summary>
/// What the host itself has received for functions that have not answered yet. A consumer that dies holds its messages until their
/// visibility ends. Lambda does not die with a host, and what polled for it knows of nothing any more: its messages can be received again
/// at the next start, as if they had not been received.
/// </summary>
internal static class PolledTable
{
    /// <summary>Whether there is anything that a mapping received.</summary>
    public static bool Has(StoreSession session, string mapping) =>
        session.Query("SELECT EXISTS(SELECT 1 FROM sqs_polled WHERE mapping = ?1)", row => row.GetBoolean(0), mapping)[0];

    /// <summary>Notes what a mapping has received.</summary>
    public static void Note(StoreSession session, Message message, string mapping) =>
        session.Execute(
            "INSERT OR REPLACE INTO sqs_polled(sequence, mapping, receipt) VALUES(?1, ?2, ?3)",
            message.Sequence,
            mapping,
            message.Receipt
        );

    /// <summary>A mapping that receives again is done with what came before: what is still there stays hidden.</summary>
    public static void Leave(StoreSession session, string mapping) => session.Execute("DELETE FROM sqs_polled WHERE mapping = ?1", mapping);

    /// <summary>Somebody has said until when a message is hidden, and that holds.</summary>
    public static void Leave(StoreSession session, long sequence) =>
        session.Execute("DELETE FROM sqs_polled WHERE sequence = ?1", sequence);

    /// <summary>Has all of it received again. To end with the host is no fault of a message: that time does not count.</summary>
    public static void Release(StoreSession session, DateTimeOffset now)
    {
        session.Execute(
            """
            UPDATE sqs_message SET visible = ?1, receives = MAX(receives - 1, 0) WHERE visible > ?1 AND EXISTS(
                SELECT 1 FROM sqs_polled p WHERE p.sequence = sqs_message.sequence AND p.receipt = sqs_message.receipt)
            """,
            now.ToUnixTimeMilliseconds()
        );
        session.Execute("DELETE FROM sqs_polled");
    }
}
