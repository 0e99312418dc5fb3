using Microsoft.Data.Sqlite;

namespace TemplateHost.Storage;

/// <summary>
/// The database cannot be written or read now: the disk is full, fails or may not be written, or the file is damaged. Nothing was kept of
/// the write.
/// </summary>
public sealed class StoreUnavailableException(string message, Exception inner) : IOException(message, inner)
{
    private const int ReadOnly = 8;
    private const int Failing = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>The exception itself, or this one in place of SQLite's.</summary>
    /// <param name="path">The database.</param>
    internal static Exception Of(Exception exception, string path) =>
        exception is SqliteException sqlite && ReasonOf(sqlite) is { } reason
            ? new StoreUnavailableException(
                $"{path}: {reason} (SQLite error {sqlite.SqliteErrorCode}/{sqlite.SqliteExtendedErrorCode}).",
                sqlite
            )
            : exception;

    private static string? ReasonOf(SqliteException exception) =>
        exception.SqliteErrorCode switch
        {
            Full => "the disk is full",
            Corrupt or NotADatabase => "the file is damaged or no database of the host",
            ReadOnly => "the file may not be written",
            Failing or CannotOpen => "the file cannot be read or written; the disk may be full",
            _ => null,
        };
}
