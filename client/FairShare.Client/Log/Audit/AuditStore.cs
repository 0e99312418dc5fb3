using FairShare.Log.Leaves;
using Microsoft.Data.Sqlite;

namespace FairShare.Client.Log.Audit;

/// <summary>
/// The table and the log side by side in a file that is gone afterwards, so that an audit takes no more memory for more exchanges.
/// </summary>
public sealed class AuditStore : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> commands = [];
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fairshare-audit-");

    /// <summary>Makes the file, among the system's temporary ones.</summary>
    public AuditStore()
    {
        connection = new SqliteConnection($"Data Source={Path.Combine(folder.FullName, "audit.db")};Pooling=False");
        connection.Open();
        Execute("PRAGMA journal_mode = OFF");
        Execute("PRAGMA synchronous = OFF");
        Execute("CREATE TABLE item (pk TEXT NOT NULL, sk TEXT NOT NULL, line TEXT NOT NULL, PRIMARY KEY (pk, sk)) WITHOUT ROWID");
        Execute("CREATE TABLE token (hash TEXT PRIMARY KEY, kind TEXT NOT NULL, pk TEXT NOT NULL, made TEXT) WITHOUT ROWID");
        Execute("CREATE TABLE leaf (hash TEXT NOT NULL, kind TEXT NOT NULL, place INTEGER PRIMARY KEY)");
        Execute("BEGIN");
    }

    /// <summary>Takes an item, and the line that it was read from; false where one of its keys is there already.</summary>
    public bool TryAdd(AuditedItem item, string line) =>
        Execute("INSERT OR IGNORE INTO item VALUES ($1, $2, $3)", item.Partition, item.Sort, line) == 1;

    /// <summary>Takes a token of the table; a token that stands in two items is one.</summary>
    public void AddToken(LogLeaf leaf, string partition, string? madeAt) =>
        Execute("INSERT OR IGNORE INTO token VALUES ($1, $2, $3, $4)", leaf.TokenHash.ToString(), leaf.Kind, partition, madeAt ?? "");

    /// <summary>Takes a leaf of the log.</summary>
    public void AddLeaf(LogLeaf leaf, long index) =>
        Execute("INSERT INTO leaf VALUES ($1, $2, $3)", leaf.TokenHash.ToString(), leaf.Kind, index);

    /// <summary>Makes ready for the questions, after everything was taken.</summary>
    public void Finish()
    {
        Execute("COMMIT");
        Execute("CREATE INDEX leaves ON leaf (hash)");
    }

    /// <summary>The items of one partition after the other, of those that begin so.</summary>
    public IEnumerable<IReadOnlyList<AuditedItem>> Partitions(string prefix)
    {
        var group = new List<AuditedItem>();
        foreach (var item in Items("pk >= $1 AND pk < $2 ORDER BY pk, sk", prefix, prefix + "\uffff"))
        {
            if (group.Count > 0 && group[0].Partition != item.Partition)
            {
                yield return group;
                group = [];
            }

            group.Add(item);
        }

        if (group.Count > 0)
        {
            yield return group;
        }
    }

    /// <summary>The items of one partition.</summary>
    public IReadOnlyList<AuditedItem> Partition(string partition) => [.. Items("pk = $1 ORDER BY sk", partition)];

    /// <summary>Tokens of the table that the log lacks: hash, kind, partition, and when they say to have been made.</summary>
    public IEnumerable<string[]> TokensWithoutLeaf() =>
        Rows(
            "SELECT hash, kind, pk, made FROM token WHERE NOT EXISTS "
                + "(SELECT 1 FROM leaf WHERE leaf.hash = token.hash AND leaf.kind = token.kind)"
        );

    /// <summary>Leaves of the log that the table lacks: hash, kind and place.</summary>
    public IEnumerable<string[]> LeavesWithoutToken() =>
        Rows("SELECT hash, kind, place FROM leaf WHERE NOT EXISTS (SELECT 1 FROM token WHERE token.hash = leaf.hash)");

    /// <summary>Hashes that stand in more than one leaf, and how many.</summary>
    public IEnumerable<string[]> RepeatedLeaves() => Rows("SELECT hash, COUNT(*) FROM leaf GROUP BY hash HAVING COUNT(*) > 1");

    /// <summary>The place of a token's leaf; null for none.</summary>
    public long? PlaceOf(string tokenHash) =>
        Rows("SELECT place FROM leaf WHERE hash = $1", tokenHash)
            .Select(row => (long?)long.Parse(row[0], System.Globalization.CultureInfo.InvariantCulture))
            .FirstOrDefault();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var command in commands.Values)
        {
            command.Dispose();
        }

        connection.Dispose();
        folder.Delete(recursive: true);
    }

    private IEnumerable<AuditedItem> Items(string condition, params string[] values) =>
        Rows($"SELECT line FROM item WHERE {condition}", values).Select(row => AuditedItem.Parse(row[0]));

    private IEnumerable<string[]> Rows(string statement, params string[] values)
    {
        using var reader = Command(statement, [.. values]).ExecuteReader();
        while (reader.Read())
        {
            yield return [.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetValue(column).ToString() ?? "")];
        }
    }

    private int Execute(string statement, params object[] values) => Command(statement, values).ExecuteNonQuery();

    // Each statement is prepared once: that would take longer than to run it.
#pragma warning disable CA2100 // Every statement is written here; what comes from outside is a parameter.
    private SqliteCommand Command(string statement, object[] values)
    {
        if (!commands.TryGetValue(statement, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = statement;
            for (var place = 0; place < values.Length; place++)
            {
                command.Parameters.AddWithValue($"${place + 1}", values[place]);
            }

            commands.Add(statement, command);
            return command;
        }

        for (var place = 0; place < values.Length; place++)
        {
            command.Parameters[place].Value = values[place];
        }

        return command;
    }
#pragma warning restore CA2100
}
