using FairShare.Core.Errors;

namespace FairShare.Timestamps.Requests;

/// <summary>A request that gets no stamp.</summary>
/// <param name="failure">Why, for the answer.</param>
/// <param name="message">One sentence for people.</param>
public sealed class TimestampRequestException(PkiFailure failure, string message) : ProtocolException("invalid-timestamp-request", message)
{
    /// <summary>Why.</summary>
    public PkiFailure Failure { get; } = failure;
}
