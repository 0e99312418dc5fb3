using FairShare.Aws.Exchange;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Http;
using FairShare.Core.Identifiers;
using FairShare.Exchange.States;
using FairShare.Functions.Http;

namespace FairShare.Functions.Exchange;

/// <summary>Which of its exchanges a party wants to see; null for what makes no difference.</summary>
internal sealed record ExchangeFilter(
    ExchangeSide? Side,
    ExchangeState? State,
    DocumentId? Document,
    PartyId? Party,
    DateTimeOffset? Since,
    string? Name
)
{
    /// <summary>Reads the filter from a call's query.</summary>
    /// <exception cref="Core.Errors.ProtocolException"><c>invalid-request</c>, or the code of a malformed id or time.</exception>
    public static ExchangeFilter Read(ApiCall call) =>
        new(
            call.Query("role") is { } role ? ReadSide(role) : null,
            call.Query("state") is { } state ? ReadState(state) : null,
            call.Query("document") is { } document ? DocumentId.Parse(document) : null,
            call.Query("party") is { } party ? PartyId.Parse(party) : null,
            call.Query("since") is { } since ? Timestamp.Parse(since) : null,
            call.ReadName()
        );

    /// <summary>Whether a party wants to see an exchange; it sees none that it takes no part in.</summary>
    public bool Fits(ExchangeRecord exchange, PartyId caller) =>
        exchange.Involves(caller)
        && (Side is null || (Side == ExchangeSide.Uploader ? exchange.Uploader : exchange.Downloader) == caller)
        && (State is null || exchange.State == State)
        && (Document is null || exchange.Document == Document)
        && (Party is null || (exchange.Involves(Party.Value) && Party != caller))
        && (Since is null || (exchange.Ending?.EndedAt ?? exchange.OpenedAt) >= Since)
        && (Name is null || exchange.Challenge.Statement.Document.Name.Contains(Name));

    private static ExchangeSide ReadSide(string text) =>
        text switch
        {
            "uploader" => ExchangeSide.Uploader,
            "downloader" => ExchangeSide.Downloader,
            _ => throw CommonProblems.InvalidRequest.With("role is uploader or downloader."),
        };

    private static ExchangeState ReadState(string text) =>
        ExchangeStates.Names.Contains(text)
            ? Enum.Parse<ExchangeState>(text)
            : throw CommonProblems.InvalidRequest.With($"state is one of {string.Join(", ", ExchangeStates.Names)}.");
}
