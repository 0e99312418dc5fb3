using FairShare.Core.Errors;

namespace FairShare.Backup.Fec;

/// <summary>A share file is not what it should be: <c>backup-share-malformed</c>.</summary>
/// <param name="position">Which of the given files it is, from 0.</param>
/// <param name="message">One sentence for people.</param>
public sealed class FecException(int position, string message) : ProtocolException("backup-share-malformed", message)
{
    /// <summary>Which of the given files it is, from 0.</summary>
    public int Position { get; } = position;
}
