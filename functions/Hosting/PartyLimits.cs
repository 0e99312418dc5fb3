using FairShare.Aws.Usage;
using FairShare.Functions.Http;
using FairShare.Protocol.Errors;
using FairShare.Protocol.Identifiers;

namespace FairShare.Functions.Hosting;

/// <summary>Counts what a party uses, before anything is signed or stored for it, and refuses what is more than its limits.</summary>
internal sealed class PartyLimits(UsageRepository usage, TimeProvider time)
{
    private static readonly AsyncLocal<int> Factor = new();

    /// <summary>Says by how much the limits of the call that is being served are raised; for the rest of the call.</summary>
    /// <param name="factor">By its party's groups: 1 for none.</param>
    public static void RaiseFor(int factor) => Factor.Value = factor;

    /// <summary>Counts a call that makes the store sign or store something.</summary>
    /// <exception cref="LimitExceededException"><c>too-many-calls</c>.</exception>
    public async Task CountCallAsync(PartyId party, CancellationToken cancellationToken) =>
        Require(await usage.CountCallAsync(party, Limits, time.GetUtcNow(), cancellationToken));

    /// <summary>Counts a call that announces a document.</summary>
    /// <exception cref="LimitExceededException"><c>too-many-calls</c>, <c>too-many-pending-uploads</c>.</exception>
    public async Task CountUploadAsync(PartyId party, CancellationToken cancellationToken) =>
        Require(await usage.CountUploadAsync(party, Limits, time.GetUtcNow(), cancellationToken));

    /// <summary>Counts a call that starts an exchange, and notes that it did.</summary>
    /// <exception cref="LimitExceededException"><c>too-many-calls</c>, <c>too-many-open-exchanges</c>.</exception>
    public async Task StartExchangeAsync(PartyId party, ExchangeId exchange, DateTimeOffset due, CancellationToken cancellationToken) =>
        Require(await usage.StartExchangeAsync(party, exchange, due, Limits, time.GetUtcNow(), cancellationToken));

    private static UsageLimits Limits => UsageLimits.Default.Times(Math.Max(1, Factor.Value));

    private static void Require(UsageRefusal? refusal)
    {
        if (refusal is null)
        {
            return;
        }

        throw refusal.Kind switch
        {
            UsageKind.Calls => new LimitExceededException(
                Problems.TooManyCalls, $"You may make {Limits.CallsAnHour} calls an hour that sign or store.", refusal.RetryAfter),
            UsageKind.Exchanges => new LimitExceededException(
                Problems.TooManyOpenExchanges, $"You may have {Limits.OpenExchanges} exchanges open at once.", refusal.RetryAfter),
            _ => new LimitExceededException(
                Problems.TooManyPendingUploads, $"You may have {Limits.PendingUploads} uploads pending at once.", refusal.RetryAfter),
        };
    }
}

/// <summary>A refusal because a limit is reached.</summary>
/// <param name="type">Which limit.</param>
/// <param name="message">One sentence for people.</param>
/// <param name="retryAfter">When it is worth while to ask again.</param>
internal sealed class LimitExceededException(ProblemType type, string message, TimeSpan retryAfter) : ProtocolException(type.Code, message)
{
    public TimeSpan RetryAfter => retryAfter;
}
