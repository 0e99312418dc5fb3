using FairShare.Contracts.Http;

namespace FairShare.Contracts.Timestamps;

/// <summary>The calls of the time-stamping authority.</summary>
public static class TimestampRoutes
{
    /// <summary>
    /// Stamps a hash (RFC 3161, section 3.4): a <c>timestamp-query</c> in DER is answered with a <c>timestamp-reply</c>, also where no
    /// stamp is given; the reply says why. A repeat gives another stamp.
    /// </summary>
    public static Route<None, RawContent, RawContent> StampTime { get; } =
        new(HttpMethod.Post, "/timestamp")
        {
            RawRequest = "application/timestamp-query",
            RawAnswer = "application/timestamp-reply",
            Problems = [CommonProblems.TooManyCalls],
        };
}
