using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;

namespace FairShare.Aws.Exchange;

/// <summary>The input of an exchange's execution.</summary>
/// <param name="Challenge">The sealed challenge of step 5; it names everything else.</param>
/// <param name="Wait">How long the workflow waits for the receipt: until the deadline, and a little longer for one that came in
/// time.</param>
public sealed record ExchangeStart(EvidenceToken Challenge, TimeSpan Wait)
{
    /// <summary>The exchange.</summary>
    public ExchangeId Exchange => Challenge.Statement.Exchange ?? throw new InvalidOperationException("A challenge without an exchange.");
}
