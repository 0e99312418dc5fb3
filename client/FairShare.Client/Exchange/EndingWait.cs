using FairShare.Client.Http;
using FairShare.Contracts.Exchange;
using FairShare.Core.Identifiers;
using FairShare.Exchange.States;

namespace FairShare.Client.Exchange;

/// <summary>Waits until the service has ended an exchange.</summary>
internal sealed class EndingWait(FairShareClientOptions options)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // After its deadline an exchange ends by itself, within this.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    /// <returns>How it ended.</returns>
    /// <exception cref="FairShareProblem"><c>undecided</c>: it should have ended by itself long ago.</exception>
    public async Task<string> UntilEndedAsync(ExchangeId exchange, DateTimeOffset due, CancellationToken cancellationToken)
    {
        while (true)
        {
            var view = await options.Api.CallAsync(ExchangeRoutes.GetExchange, exchange, cancellationToken).ConfigureAwait(false);
            if (view.State != nameof(ExchangeState.AwaitingReceipt))
            {
                return view.State;
            }

            if (options.Time.GetUtcNow() > due + Grace)
            {
                throw new FairShareProblem(
                    "undecided",
                    202,
                    $"The service has not ended the exchange {exchange}, long after its deadline."
                );
            }

            await Task.Delay(Interval, options.Time, cancellationToken).ConfigureAwait(false);
        }
    }
}
