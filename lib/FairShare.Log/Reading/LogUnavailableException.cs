namespace FairShare.Log.Reading;

/// <summary>A log's files cannot be reached, which says nothing of what is in them.</summary>
/// <param name="message">One sentence for people.</param>
/// <param name="cause">What kept them from being reached.</param>
public sealed class LogUnavailableException(string message, Exception cause) : Exception(message, cause);
