using FairShare.Core.Errors;
using FairShare.Core.Identifiers;

namespace FairShare.Contracts.Log;

/// <summary>The name of something in the log: <c>checkpoint</c>, a tile's path, <c>proofs/HASH</c>, <c>consistency/OLD/NEW</c>.</summary>
public readonly record struct LogPath : IIdentifier<LogPath>
{
    private const int Limit = 120;
    private readonly string? text;

    private LogPath(string text) => this.text = text;

    /// <summary>Reads a path; what it names, if anything, is for the log to say.</summary>
    /// <exception cref="ProtocolException"><c>invalid-log-path</c>: longer than 120 characters, or others than names of the log
    /// have.</exception>
    public static LogPath Parse(string text) =>
        text.Length is > 0 and <= Limit && text.All(symbol => char.IsAsciiLetterOrDigit(symbol) || symbol is '/' or '.' or '_' or '-')
            ? new LogPath(text)
            : throw new ProtocolException("invalid-log-path", "The path names nothing in a log.");

    /// <summary>The path, without a slash before it.</summary>
    public override string ToString() => text ?? "";
}
