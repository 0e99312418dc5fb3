using Microsoft.Data.Sqlite;

namespace TemplateHost.Storage;

/// <summary>Opens connections to the host's one file, all with the same settings, or to none.</summary>
internal static class SqliteConnections
{
    /// <summary>
    /// A writer: with WAL and <c>synchronous=FULL</c> a commit has reached the disk when it returns, and with <c>secure_delete</c> what is
    /// deleted is overwritten with zeros.
    /// </summary>
    public static SqliteConnection OpenWriter(string path)
    {
        var connection = Open(path);
        Run(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON;");
        return connection;
    }

    /// <summary>The one connection to a database that is in memory and goes with it.</summary>
    public static SqliteConnection OpenMemory() => Open(":memory:");

    public static SqliteConnection OpenReader(string path)
    {
        var connection = Open(path);
        Run(connection, "PRAGMA query_only=ON; PRAGMA temp_store=MEMORY;");
        return connection;
    }

    private static SqliteConnection Open(string path)
    {
        // The store pools its own readers: they keep their prepared statements.
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,
            DefaultTimeout = 30,
        };
        var connection = new SqliteConnection(settings.ToString());
        connection.Open();
        return connection;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is a constant of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
