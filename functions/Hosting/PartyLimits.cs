using FairShare.Aws.Usage;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Http;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;

namespace FairShare.Functions.Hosting;

/// <summary>Counts what a party uses, before anything is signed or stored for it, and refuses what is more than its limits.</summary>
/// <param name="party">Who calls.</param>
/// <param name="limits">The party's limits, raised by its groups.</param>
/// <param name="usage">Where is counted.</param>
/// <param name="time">The clock.</param>
internal sealed class PartyLimits(PartyId party, UsageLimits limits, UsageRepository usage, TimeProvider time)
{
    /// <summary>Counts a call that makes the store sign or store something.</summary>
    /// <exception cref="LimitExceededException"><c>too-many-calls</c>.</exception>
    public async Task CountCallAsync(CancellationToken cancellationToken) =>
        Require(await usage.CountCallAsync(party, limits, time.GetUtcNow(), cancellationToken));

    /// <summary>Counts a call that announces a document.</summary>
    /// <exception cref="LimitExceededException"><c>too-many-calls</c>, <c>too-many-pending-uploads</c>.</exception>
    public async Task CountUploadAsync(CancellationToken cancellationToken) =>
        Require(await usage.CountUploadAsync(party, limits, time.GetUtcNow(), cancellationToken));

    /// <summary>Counts a call that starts an exchange, and notes that it did.</summary>
    /// <exception cref="LimitExceededException"><c>too-many-calls</c>, <c>too-many-open-exchanges</c>.</exception>
    public async Task StartExchangeAsync(ExchangeId exchange, DateTimeOffset due, CancellationToken cancellationToken) =>
        Require(await usage.StartExchangeAsync(party, exchange, due, limits, time.GetUtcNow(), cancellationToken));

    /// <summary>Counts a lookup, before anything is looked up: whether it finds somebody makes no difference.</summary>
    /// <exception cref="LimitExceededException"><c>too-many-lookups</c>.</exception>
    public async Task CountLookupAsync(CancellationToken cancellationToken) =>
        Require(await usage.CountLookupAsync(party, limits, time.GetUtcNow(), cancellationToken));

    private void Require(UsageRefusal? refusal)
    {
        if (refusal is null)
        {
            return;
        }

        throw refusal.Kind switch
        {
            UsageKind.Calls => new LimitExceededException(
                CommonProblems.TooManyCalls,
                $"You may make {limits.CallsAnHour} calls an hour that sign or store.",
                refusal.RetryAfter
            ),
            UsageKind.Exchanges => new LimitExceededException(
                ExchangeProblems.TooManyOpenExchanges,
                $"You may have {limits.OpenExchanges} exchanges open at once.",
                refusal.RetryAfter
            ),
            UsageKind.Lookups => new LimitExceededException(
                PartyProblems.TooManyLookups,
                $"You may look up {limits.LookupsAnHour} addresses an hour.",
                refusal.RetryAfter
            ),
            _ => new LimitExceededException(
                ExchangeProblems.TooManyPendingUploads,
                $"You may have {limits.PendingUploads} uploads pending at once.",
                refusal.RetryAfter
            ),
        };
    }
}

/// <summary>A refusal because a limit is reached.</summary>
/// <param name="type">Which limit.</param>
/// <param name="message">One sentence for people.</param>
/// <param name="retryAfter">When it is worth while to ask again.</param>
internal sealed class LimitExceededException(ProblemType type, string message, TimeSpan retryAfter) : ProblemException(type, message)
{
    public TimeSpan RetryAfter => retryAfter;
}
