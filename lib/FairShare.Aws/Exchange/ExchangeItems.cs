using FairShare.Aws.Table;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.States;

namespace FairShare.Aws.Exchange;

/// <summary>Exchanges as items of the table. The state machine writes them: statemachines/exchange.asl.json has the same names.</summary>
internal static class ExchangeItems
{
    /// <summary>Reads an exchange from its opening and its ending, of which one at least exists.</summary>
    public static ExchangeRecord? Read(ExchangeId id, IReadOnlyList<Item> items)
    {
        var opening = items.FirstOrDefault(item => item.Key == ExchangeItemKeys.Exchange(id));
        var ending = items.FirstOrDefault(item => item.Key == ExchangeItemKeys.Ending(id));
        return (opening ?? ending) is not { } facts
            ? null
            : new ExchangeRecord
            {
                Id = id,
                Document = DocumentId.Parse(facts.Text("documentId")),
                Uploader = PartyId.Parse(facts.Text("uploader")),
                Downloader = PartyId.Parse(facts.Text("downloader")),
                Challenge = EvidenceToken.Parse(facts.Text("challenge")),
                TaskToken = opening?.Text("taskToken"),
                Ending = ending is null ? null : ReadEnding(ending),
            };
    }

    private static EndingRecord ReadEnding(Item item) =>
        new(Enum.Parse<ExchangeState>(item.Text("state")), item.Time("endedAt"))
        {
            Receipt = Token(item, "receipt"),
            Release = Token(item, "release"),
            Record = Token(item, "record"),
            Refusal = Token(item, "refusal"),
        };

    private static EvidenceToken? Token(Item item, string name) => item.OptionalText(name) is { } text ? EvidenceToken.Parse(text) : null;
}
