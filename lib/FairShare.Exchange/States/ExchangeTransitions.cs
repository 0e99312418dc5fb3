namespace FairShare.Exchange.States;

/// <summary>Where an exchange stands; all but the first are endings.</summary>
public enum ExchangeState
{
    /// <summary>The challenge is out; the receipt is not in.</summary>
    AwaitingReceipt,

    /// <summary>Both sides can read the other's evidence.</summary>
    Completed,

    /// <summary>The downloader refused.</summary>
    Declined,

    /// <summary>The uploader withdrew.</summary>
    Aborted,

    /// <summary>The deadline passed.</summary>
    Expired,
}

/// <summary>What can happen to an exchange.</summary>
public enum ExchangeInput
{
    /// <summary>A receipt was verified, in time.</summary>
    ReceiptAccepted,

    /// <summary>A refusal was verified.</summary>
    DeclineAccepted,

    /// <summary>The uploader aborted the exchange's document.</summary>
    UploaderAborted,

    /// <summary>The deadline passed without a receipt.</summary>
    DeadlinePassed,
}

/// <summary>What an input does to an exchange; a closed result.</summary>
public abstract record ExchangeTransition
{
    private ExchangeTransition() { }

    /// <summary>The exchange ends in this state.</summary>
    public sealed record Moves(ExchangeState State) : ExchangeTransition;

    /// <summary>The exchange has ended before; the input changes nothing and the stored outcome is the answer.</summary>
    public sealed record AlreadyEnded(ExchangeState State) : ExchangeTransition;
}

/// <summary>
/// The decision table of an exchange. It ends once.
/// <list type="table">
/// <item><term>AwaitingReceipt, ReceiptAccepted</term><description>Completed</description></item>
/// <item><term>AwaitingReceipt, DeclineAccepted</term><description>Declined</description></item>
/// <item><term>AwaitingReceipt, UploaderAborted</term><description>Aborted</description></item>
/// <item><term>AwaitingReceipt, DeadlinePassed</term><description>Expired</description></item>
/// <item><term>any ending, any input</term><description>unchanged</description></item>
/// </list>
/// </summary>
public static class ExchangeTransitions
{
    /// <summary>What the input does in the state; total over both enumerations.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value outside the enumerations.</exception>
    public static ExchangeTransition Next(ExchangeState state, ExchangeInput input) =>
        (state, input) switch
        {
            (ExchangeState.AwaitingReceipt, ExchangeInput.ReceiptAccepted) => new ExchangeTransition.Moves(ExchangeState.Completed),
            (ExchangeState.AwaitingReceipt, ExchangeInput.DeclineAccepted) => new ExchangeTransition.Moves(ExchangeState.Declined),
            (ExchangeState.AwaitingReceipt, ExchangeInput.UploaderAborted) => new ExchangeTransition.Moves(ExchangeState.Aborted),
            (ExchangeState.AwaitingReceipt, ExchangeInput.DeadlinePassed) => new ExchangeTransition.Moves(ExchangeState.Expired),
            (
                ExchangeState.Completed
                    or ExchangeState.Declined
                    or ExchangeState.Aborted
                    or ExchangeState.Expired,
                >= 0
                    and <= ExchangeInput.DeadlinePassed
            ) => new ExchangeTransition.AlreadyEnded(state),
            _ => throw new ArgumentOutOfRangeException(nameof(state), $"No transition for {state}, {input}."),
        };
}
