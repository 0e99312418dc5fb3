namespace FairShare.Local.Storage;

/// <summary>The number that a database has of the tables in it: one of another version of the host is refused, and stays as it was.</summary>
internal static class DatabaseFormat
{
    /// <summary>Counted up with every change that older tables do not fit.</summary>
    private const int Current = 2;

    /// <exception cref="IOException">The database has another format.</exception>
    public static void Demand(StoreSession session, string path)
    {
        if (session.Query("SELECT count(*) FROM sqlite_master", row => row.GetInt32(0))[0] == 0)
        {
            session.Execute($"PRAGMA user_version = {Current}");
            return;
        }

        var found = session.Query("PRAGMA user_version", row => row.GetInt32(0))[0];
        if (found != Current)
        {
            throw new IOException($"{path} was written by another version of the embedded host (format {found}; this one has {Current}). Start on another data directory.");
        }
    }
}
