using System.IO.Compression;
using System.Text;
using FairShare.Core.Encoding;
using Microsoft.Data.Sqlite;

namespace FairShare.Scenarios.Tests.Vault;

/// <summary>
/// Looks for any run of fifteen bytes or more of a ciphertext in all files of a host: as it is, as base64 and base64url, and as the host's
/// database packs it.
/// </summary>
internal sealed class CiphertextSearch
{
    private const int BlockLength = sizeof(ulong);

    // Where a packed row begins and ends it may be like others.
    private const int PackedEdge = 64;

    private readonly string directory;
    private readonly string[] texts;

    // A run of fifteen bytes has one of the blocks of eight into which what is looked for is cut.
    private readonly HashSet<ulong> blocks = [];

    /// <param name="directory">The host's data.</param>
    /// <param name="ciphertext">What is looked for; random bytes, so that nothing else looks like it.</param>
    public CiphertextSearch(string directory, byte[] ciphertext)
    {
        this.directory = directory;
        var base64 = Convert.ToBase64String(ciphertext);
        // The last form is that of JSON whose writer escapes the plus sign; between the escapes it has the blocks of the second.
        texts = [Base64UrlText.Encode(ciphertext), base64, base64.Replace("+", "\\u002B", StringComparison.Ordinal)];
        blocks.UnionWith([.. Cut(ciphertext), .. texts[..2].SelectMany(text => Cut(Encoding.ASCII.GetBytes(text)))]);
    }

    /// <summary>Looks from now on for the packed rows too, in which the database has the ciphertext.</summary>
    /// <returns>The tables that have it, packed or not.</returns>
    public IReadOnlyList<string> LearnRows()
    {
        var rows = Values().Where(entry => texts.Any(Unpacked(entry.Value).Contains)).ToList();
        foreach (var packed in rows.Select(row => row.Value).OfType<byte[]>().Where(value => value.Length > 3 * PackedEdge))
        {
            blocks.UnionWith(Cut(packed[PackedEdge..^PackedEdge]));
        }

        return [.. rows.Select(row => row.Table).Distinct()];
    }

    /// <summary>The files that have a run of it.</summary>
    public IReadOnlyList<string> Find() => [.. ReadAll(directory).Where(file => HasBlock(file.Bytes)).Select(file => file.Name)];

    /// <summary>All files of a host, as they stand on the disk while it runs.</summary>
    public static IEnumerable<(string Name, byte[] Bytes)> ReadAll(string directory) =>
        Directory
            .EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "lock")
            .Select(file => (file, Read(file)));

    private static IEnumerable<ulong> Cut(byte[] bytes) =>
        Enumerable.Range(0, bytes.Length / BlockLength).Select(index => BitConverter.ToUInt64(bytes, index * BlockLength));

    private bool HasBlock(byte[] bytes)
    {
        for (var start = 0; start + BlockLength <= bytes.Length; start++)
        {
            if (blocks.Contains(BitConverter.ToUInt64(bytes, start)))
            {
                return true;
            }
        }

        return false;
    }

    private List<(string Table, object Value)> Values()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(directory, "host.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        var tables = Rows(connection, "SELECT name FROM sqlite_master WHERE type = 'table'").Select(row => (string)row).ToList();
        return [.. tables.SelectMany(table => Rows(connection, $"SELECT * FROM \"{table}\"").Select(value => (table, value)))];
    }

    private static List<object> Rows(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The names of tables are the database's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var values = new List<object>();
        while (reader.Read())
        {
            values.AddRange(Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue));
        }

        return values;
    }

    private static string Unpacked(object value)
    {
        if (value is not byte[] packed)
        {
            return value as string ?? "";
        }

        try
        {
            using var plain = new StreamReader(new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress), Encoding.Latin1);
            return plain.ReadToEnd();
        }
        catch (Exception fault) when (fault is InvalidDataException or InvalidOperationException)
        {
            return Encoding.Latin1.GetString(packed);
        }
    }

    private static byte[] Read(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (FileNotFoundException)
        {
            // Erased between the listing and the reading.
            return [];
        }
    }
}
