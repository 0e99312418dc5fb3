using FairShare.Core.Errors;

namespace FairShare.Exchange.Evidence;

/// <summary>What an uploader lets readers know of a document before they give a receipt (<c>disclose</c>).</summary>
public static class Disclosure
{
    /// <summary><c>digest</c>: the challenge states the digest, so that a reader can compare it with one that it knows.</summary>
    public const string Digest = "digest";

    /// <summary>Reads the member.</summary>
    /// <returns>True: the digest is disclosed.</returns>
    /// <exception cref="ProtocolException"><c>unknown-disclosure</c>: any other text.</exception>
    public static bool Parse(string text) =>
        text == Digest ? true : throw new ProtocolException("unknown-disclosure", "What can be disclosed is the digest.");
}
