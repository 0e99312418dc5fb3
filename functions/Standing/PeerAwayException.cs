namespace FairShare.Functions.Standing;

/// <summary>A peer does not answer, or cannot now: the workflow tries it again.</summary>
/// <param name="message">What happened.</param>
internal sealed class PeerAwayException(string message) : Exception(message);
