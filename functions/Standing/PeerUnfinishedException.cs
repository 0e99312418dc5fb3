namespace FairShare.Functions.Standing;

/// <summary>
/// A peer has read a piece of its body, and more is left than one run of the function has time for: the workflow goes on.
/// </summary>
/// <param name="message">What happened.</param>
internal sealed class PeerUnfinishedException(string message) : Exception(message);
