using FairShare.Exchange.Evidence;

namespace FairShare.Client.Evidence;

/// <summary>
/// The service sent evidence that does not verify: proof of a fault, or of misbehaviour, so the evidence itself is carried along.
/// </summary>
/// <param name="code">The fault's code, for example <c>bad-signature</c>, or the name of the failed check.</param>
/// <param name="message">One sentence for people.</param>
/// <param name="token">The token as received.</param>
public sealed class EvidenceProblem(string code, string message, string token) : Exception(message)
{
    /// <summary>The fault's code.</summary>
    public string Code { get; } = code;

    /// <summary>The token as received.</summary>
    public string Token { get; } = token;

    internal static EvidenceToken Require(EvidenceVerdict verdict, string what, string token) =>
        verdict switch
        {
            EvidenceVerdict.Accepted accepted => accepted.Token,
            EvidenceVerdict.Refused { Refusal: var refused } => throw new EvidenceProblem(
                refused.Code,
                $"{what} does not verify: {refused.Detail}",
                token
            ),
            _ => throw new InvalidOperationException("A verdict outside the closed set."),
        };
}

/// <summary>The exchange ended otherwise than by completion.</summary>
/// <param name="exchange">The exchange.</param>
/// <param name="state">How it ended.</param>
public sealed class ExchangeEndedProblem(string exchange, string state) : Exception($"The exchange {exchange} ended: {state}.")
{
    /// <summary>How it ended.</summary>
    public string State { get; } = state;
}
