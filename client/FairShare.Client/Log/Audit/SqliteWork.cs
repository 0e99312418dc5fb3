using System.Globalization;
using FairShare.Audit.Items;
using FairShare.Audit.Work;
using FairShare.Core.Digests;
using FairShare.Log.Leaves;
using Microsoft.Data.Sqlite;

namespace FairShare.Client.Log.Audit;

/// <summary>
/// The table and the log side by side in a file that is gone afterwards, so that an audit takes no more memory for more exchanges.
/// </summary>
public sealed class SqliteWork : IAuditWork
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> commands = [];
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fairshare-audit-");

    /// <summary>Makes the file, among the system's temporary ones.</summary>
    public SqliteWork()
    {
        connection = new SqliteConnection($"Data Source={Path.Combine(folder.FullName, "audit.db")};Pooling=False");
        connection.Open();
        Execute("PRAGMA journal_mode = OFF");
        Execute("PRAGMA synchronous = OFF");
        Execute("CREATE TABLE item (pk TEXT NOT NULL, sk TEXT NOT NULL, doc TEXT, line TEXT NOT NULL, PRIMARY KEY (pk, sk)) WITHOUT ROWID");
        Execute("CREATE TABLE token (hash TEXT PRIMARY KEY, kind TEXT NOT NULL, pk TEXT NOT NULL, made TEXT) WITHOUT ROWID");
        Execute("CREATE TABLE leaf (hash TEXT NOT NULL, kind TEXT NOT NULL, place INTEGER PRIMARY KEY)");
        Execute("BEGIN");
    }

    /// <inheritdoc/>
    public bool TryAdd(AuditedItem item) =>
        Execute(
            "INSERT OR IGNORE INTO item VALUES ($1, $2, $3, $4)",
            item.Partition,
            item.Sort,
            item.Partition.StartsWith("EXCHANGE#", StringComparison.Ordinal) ? DepositOf(item) : DBNull.Value,
            item.Line
        ) == 1;

    /// <inheritdoc/>
    public void AddToken(LogLeaf leaf, string partition, string? madeAt) =>
        Execute("INSERT OR IGNORE INTO token VALUES ($1, $2, $3, $4)", leaf.TokenHash.ToString(), leaf.Kind, partition, madeAt ?? "");

    /// <inheritdoc/>
    public void AddLeaf(LogLeaf leaf, long index) =>
        Execute("INSERT INTO leaf VALUES ($1, $2, $3)", leaf.TokenHash.ToString(), leaf.Kind, index);

    /// <inheritdoc/>
    public void Finish()
    {
        Execute("COMMIT");
        Execute("CREATE INDEX leaves ON leaf (hash)");
        Execute("CREATE INDEX documents ON item (doc, pk) WHERE doc IS NOT NULL");
    }

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public IEnumerable<AuditedDocument> Documents()
    {
        foreach (var deposit in Partitions("DEPOSIT#"))
        {
            foreach (var part in AuditedDocument.PartsOf(deposit, ExchangesOf(deposit[0].Partition)))
            {
                yield return part;
            }
        }

        var orphans = Rows(
            "SELECT DISTINCT doc FROM item WHERE doc IS NOT NULL AND NOT EXISTS (SELECT 1 FROM item d WHERE d.pk = item.doc)"
        );
        foreach (var row in orphans)
        {
            foreach (var part in AuditedDocument.PartsOf([], ExchangesOf(row[0])))
            {
                yield return part;
            }
        }
    }

    // An exchange belongs to the document that its first item names, whatever another item says.
    private IEnumerable<IReadOnlyList<AuditedItem>> ExchangesOf(string deposit) =>
        Rows("SELECT DISTINCT pk FROM item WHERE doc = $1 ORDER BY pk", deposit)
            .Select(row => (IReadOnlyList<AuditedItem>)[.. Items("pk = $1 ORDER BY sk", row[0])])
            .Where(exchange => DepositOf(exchange[0]) == deposit);

    private static string DepositOf(AuditedItem item) => "DEPOSIT#" + item["documentId"];

    /// <inheritdoc/>
    public IEnumerable<TableToken> TokensWithoutLeaf() =>
        Rows(
                "SELECT hash, kind, pk, made FROM token WHERE NOT EXISTS "
                    + "(SELECT 1 FROM leaf WHERE leaf.hash = token.hash AND leaf.kind = token.kind)"
            )
            .Select(row => new TableToken(LeafOf(row), row[2], row[3]));

    /// <inheritdoc/>
    public IEnumerable<PlacedLeaf> LeavesWithoutToken() =>
        Rows("SELECT hash, kind, place FROM leaf WHERE NOT EXISTS (SELECT 1 FROM token WHERE token.hash = leaf.hash)")
            .Select(row => new PlacedLeaf(LeafOf(row), Number(row[2])));

    /// <inheritdoc/>
    public IEnumerable<(string TokenHash, long Count)> RepeatedLeaves() =>
        Rows("SELECT hash, COUNT(*) FROM leaf GROUP BY hash HAVING COUNT(*) > 1").Select(row => (row[0], Number(row[1])));

    /// <inheritdoc/>
    public long? PlaceOf(string tokenHash) =>
        Rows("SELECT place FROM leaf WHERE hash = $1", tokenHash).Select(row => (long?)Number(row[0])).FirstOrDefault();

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

    private static LogLeaf LeafOf(string[] row) => new(row[1], Sha256Digest.Parse(row[0]));

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

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
