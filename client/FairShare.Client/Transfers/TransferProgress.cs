namespace FairShare.Client.Transfers;

/// <summary>What is being done with the bytes.</summary>
public enum TransferPhase
{
    /// <summary>Computing the digest before upload.</summary>
    Hashing,

    /// <summary>Sending.</summary>
    Uploading,

    /// <summary>Receiving, and computing the digest on the way.</summary>
    Downloading,
}

/// <summary>How far a transfer is; never goes back within a phase, except when a download starts over.</summary>
/// <param name="Phase">What is being done.</param>
/// <param name="Done">Bytes done.</param>
/// <param name="Total">Bytes in all.</param>
public sealed record TransferProgress(TransferPhase Phase, long Done, long Total);

/// <summary>A refusal by the object store, or bytes that are not what they should be.</summary>
/// <param name="code">S3's code, for example <c>BadDigest</c>; <c>digest-mismatch</c> and <c>size-mismatch</c> are ours.</param>
/// <param name="status">The HTTP status; 0 when there was none.</param>
/// <param name="message">One sentence for people.</param>
/// <param name="inner">What it was noticed by, or null.</param>
public sealed class TransferProblem(string code, int status, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The code of a file that changed while it was read for its upload.</summary>
    public const string FileChanged = "file-changed";

    /// <summary>The code of an object store that does not go on.</summary>
    public const string Stalled = "stalled";

    /// <summary>An object store that does not go on.</summary>
    internal static TransferProblem OfStall(TimeSpan patience) =>
        new(Stalled, 0, FormattableString.Invariant($"The object store did not go on for {patience.TotalSeconds:0} s."));

    /// <summary>The code of S3 where bytes are not those that were announced.</summary>
    public const string BadDigest = "BadDigest";

    /// <summary>The code of <c>digest-mismatch</c>: the received bytes are not those that the evidence describes.</summary>
    public const string DigestMismatch = "digest-mismatch";

    /// <summary>The HTTP status of what was to be made once, and is there already.</summary>
    public const int PreconditionFailed = 412;

    /// <summary>The stable code.</summary>
    public string Code { get; } = code;

    /// <summary>The HTTP status; 0 when there was none.</summary>
    public int Status { get; } = status;
}
