using FairShare.Core.Errors;

namespace FairShare.Backup.Refresh;

/// <summary>
/// A peer does not go along with a step of a refresh; its shares are as before. <c>refresh-prepared</c>: it has prepared another
/// transcript. <c>refresh-too-few-dealers</c>: fewer than m deals count. <c>refresh-accusation-missing</c>: its share of a deal is wrong,
/// and the transcript does not have what it says of that. <c>refresh-key-missing</c>: the deals are for other keys than its own.
/// <c>refresh-share-lost</c>: it has no share to refresh. <c>refresh-not-certified</c>. <c>refresh-given-up</c>: what is
/// certified is of an attempt that it has given up for another. <c>refresh-other-attempt</c>: it takes part in another attempt.
/// <c>refresh-too-many-attempts</c>.
/// </summary>
/// <param name="code">The stable code.</param>
/// <param name="message">One sentence for people.</param>
public sealed class RefreshRefusal(string code, string message) : ProtocolException(code, message)
{
    /// <summary>The code of what a peer had prepared and has given up for another.</summary>
    public const string GivenUp = "refresh-given-up";
}
