namespace TemplateHost.Tests.Serializability;

/// <summary>What a client knows of one of its transactions.</summary>
/// <param name="Id">Unique over the run; what the transaction appends.</param>
/// <param name="Reads">The whole list that it saw under each key.</param>
/// <param name="Appends">The keys that it appended its id to.</param>
/// <param name="Committed">Whether it was acknowledged; a cancelled one must leave no trace.</param>
internal sealed record RecordedTransaction(
    int Id,
    IReadOnlyDictionary<string, IReadOnlyList<int>> Reads,
    IReadOnlyList<string> Appends,
    bool Committed
);
