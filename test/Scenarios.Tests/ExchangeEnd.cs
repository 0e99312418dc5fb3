using FairShare.Testing;

namespace FairShare.Scenarios.Tests;

/// <summary>Waits for the ending of an exchange whose workflow waits between its attempts.</summary>
internal static class ExchangeEnd
{
    /// <summary>Puts the clock forward, a second at a time, until the exchange has ended.</summary>
    /// <returns>The state in which it ended.</returns>
    public static async Task<string> OfAsync(TestExchange exchange, ShiftedTime time)
    {
        while (true)
        {
            if (await exchange.StateAsync(exchange.Downloader) is var state and not "AwaitingReceipt")
            {
                return state;
            }

            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(50);
        }
    }
}
