using Microsoft.Data.Sqlite;

namespace TemplateHost.Storage;

/// <summary>SQL on one connection; statements are prepared once and kept.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : StoreSession, IDisposable
{
    private static readonly string[] Names = [.. Enumerable.Range(1, 32).Select(position => $"?{position}")];

    private readonly Dictionary<string, SqliteCommand> idle = [];

    public override int Execute(string sql, params ReadOnlySpan<object?> parameters)
    {
        var command = Take(sql, parameters);
        try
        {
            return command.ExecuteNonQuery();
        }
        finally
        {
            Return(sql, command);
        }
    }

    public override List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> parameters)
    {
        var command = Take(sql, parameters);
        try
        {
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(read(reader));
            }

            return rows;
        }
        finally
        {
            Return(sql, command);
        }
    }

    /// <summary>Takes back the open transaction, if SQLite has not done so by itself.</summary>
    public void RollBack()
    {
        try
        {
            Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // There is none any more.
        }
    }

    public void Dispose()
    {
        foreach (var command in idle.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
    }

    private SqliteCommand Take(string sql, ReadOnlySpan<object?> parameters)
    {
        if (!idle.Remove(sql, out var command))
        {
            command = connection.CreateCommand();
#pragma warning disable CA2100 // Services write constant SQL; values travel as parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
        }

        for (var position = 0; position < parameters.Length; position++)
        {
            Bind(command, position, parameters[position] ?? DBNull.Value);
        }

        return command;
    }

    private static void Bind(SqliteCommand command, int position, object value)
    {
        if (position < command.Parameters.Count)
        {
            // A parameter remembers the type of its first value; a new one follows the value.
            command.Parameters[position] = new SqliteParameter(Names[position], value);
        }
        else
        {
            command.Parameters.Add(new SqliteParameter(Names[position], value));
        }
    }

    private void Return(string sql, SqliteCommand command)
    {
        // A nested use of the same text made a second command: one is enough.
        if (!idle.TryAdd(sql, command))
        {
            command.Dispose();
        }
    }
}
