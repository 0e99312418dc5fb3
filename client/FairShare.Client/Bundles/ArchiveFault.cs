namespace FairShare.Client.Bundles;

/// <summary>Why a zip archive is no archive of a bundle; the codes are stable, and those of every verifier.</summary>
/// <param name="code">The code, for example <c>duplicate-name</c>.</param>
/// <param name="message">One sentence for people.</param>
internal sealed class ArchiveFault(string code, string message) : Exception(message)
{
    /// <summary>The code.</summary>
    public string Code { get; } = code;
}
