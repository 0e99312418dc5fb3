using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.States;

namespace FairShare.Aws.Exchange;

/// <summary>An exchange as the table knows it: its opening, and its ending once it has one.</summary>
public sealed record ExchangeRecord
{
    /// <summary>The exchange's id.</summary>
    public required ExchangeId Id { get; init; }

    /// <summary>The document that is exchanged.</summary>
    public required DocumentId Document { get; init; }

    /// <summary>A.</summary>
    public required PartyId Uploader { get; init; }

    /// <summary>B.</summary>
    public required PartyId Downloader { get; init; }

    /// <summary>The challenge of step 5.</summary>
    public required EvidenceToken Challenge { get; init; }

    /// <summary>The token that ends the workflow's wait; null when the exchange was never opened.</summary>
    public string? TaskToken { get; init; }

    /// <summary>The one ending, or null while the receipt is awaited.</summary>
    public EndingRecord? Ending { get; init; }

    /// <summary>Where the exchange stands.</summary>
    public ExchangeState State => Ending?.State ?? ExchangeState.AwaitingReceipt;

    /// <summary>The deadline that the challenge states.</summary>
    public DateTimeOffset Due => Challenge.Statement.Due ?? throw new InvalidOperationException("A challenge without a deadline.");

    /// <summary>When the challenge was made.</summary>
    public DateTimeOffset OpenedAt => Challenge.Statement.Gen ?? throw new InvalidOperationException("A challenge without a time.");

    /// <summary>Whether the party is one of the two.</summary>
    public bool Involves(PartyId party) => party == Uploader || party == Downloader;
}

/// <summary>How an exchange ended, with the evidence of it.</summary>
/// <param name="State">Completed, Declined, Aborted or Expired.</param>
/// <param name="EndedAt">When.</param>
public sealed record EndingRecord(ExchangeState State, DateTimeOffset EndedAt)
{
    /// <summary>The NRR; of a completed exchange.</summary>
    public EvidenceToken? Receipt { get; init; }

    /// <summary>The store's ReleaseRecord; of a completed exchange.</summary>
    public EvidenceToken? Release { get; init; }

    /// <summary>The store's AbortRecord or ExpiryRecord; of every other ending.</summary>
    public EvidenceToken? Record { get; init; }

    /// <summary>The downloader's refusal; of a declined exchange.</summary>
    public EvidenceToken? Refusal { get; init; }
}
