using FairShare.Audit.Items;

namespace FairShare.Audit.Work;

/// <summary>A document's deposit, and a part of its exchanges.</summary>
/// <param name="Deposit">The items of the deposit; empty where there is none.</param>
/// <param name="Exchanges">The items of each exchange.</param>
/// <param name="IsFirst">Whether it is the first part, or the only one.</param>
public sealed record AuditedDocument(IReadOnlyList<AuditedItem> Deposit, IReadOnlyList<IReadOnlyList<AuditedItem>> Exchanges, bool IsFirst)
{
    /// <summary>How many exchanges a part has at most.</summary>
    public const int Most = 256;

    /// <summary>Parts a document.</summary>
    public static IEnumerable<AuditedDocument> PartsOf(
        IReadOnlyList<AuditedItem> deposit,
        IEnumerable<IReadOnlyList<AuditedItem>> exchanges
    )
    {
        var isFirst = true;
        foreach (var part in exchanges.Chunk(Most))
        {
            yield return new AuditedDocument(deposit, part, isFirst);
            isFirst = false;
        }

        if (isFirst)
        {
            yield return new AuditedDocument(deposit, [], isFirst);
        }
    }
}
