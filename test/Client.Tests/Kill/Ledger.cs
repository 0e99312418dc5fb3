using System.Collections.Concurrent;
using FairShare.Client.Exchange;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Tests.Kill;

/// <summary>Everything that the service has told its clients, which a kill must not take back.</summary>
internal sealed class Ledger
{
    /// <summary>Documents that were deposited, and that nobody asked to withdraw.</summary>
    public ConcurrentDictionary<DocumentId, Deposit> Deposits { get; } = [];

    /// <summary>Exchanges whose challenge a downloader has.</summary>
    public ConcurrentDictionary<ExchangeId, byte> Opened { get; } = [];

    /// <summary>How exchanges ended, as somebody was told.</summary>
    public ConcurrentQueue<(ExchangeId Exchange, string State)> Endings { get; } = [];
}
