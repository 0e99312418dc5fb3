using FairShare.Exchange.States;

namespace FairShare.Contracts.Exchange;

/// <summary>How answers and filters name where an exchange stands.</summary>
public static class ExchangeStates
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Names { get; } = Enum.GetNames<ExchangeState>();
}
