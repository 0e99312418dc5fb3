namespace TemplateHost.Storage;

/// <summary>
/// The number that a database has of the tables in it: one of another version of the host is refused, and stays as it was.
/// </summary>
internal static class DatabaseFormat
{
    /// <summary>Counted up with every change that older tables do not fit.</summary>
    private const int Current = 5;

    private const long LargestLookedThrough = 256 << 20;

    /// <exception cref="IOException">The database has another format.</exception>
    public static void Demand(StoreSession session, string path)
    {
        DemandSound(session, path);
        if (session.Query("SELECT count(*) FROM sqlite_master", row => row.GetInt32(0))[0] == 0)
        {
            session.Execute($"PRAGMA user_version = {Current}");
            return;
        }

        var found = session.Query("PRAGMA user_version", row => row.GetInt32(0))[0];
        if (found != Current)
        {
            throw new IOException(
                $"{path} was written by another version of the embedded host (format {found}; this one has {Current}). Start on "
                    + "another data directory."
            );
        }
    }

    /// <summary>Looks through a database that is not too large for it, so that damage shows at the start and not in an answer.</summary>
    private static void DemandSound(StoreSession session, string path)
    {
        if (
            new FileInfo(path).Length <= LargestLookedThrough
            && session.Query("PRAGMA quick_check(1)", row => row.GetString(0)) is [var finding, ..]
            && finding != "ok"
        )
        {
            throw new IOException(
                $"{path} is damaged: {finding.ReplaceLineEndings(" ")}. Put back a copy of the data directory, or start on another."
            );
        }
    }
}
